import Git
import Storage

/// Finds lines that a regular expression fits.
struct PatternSearch {
    let store: IndexStore

    func answer(
        _ pattern: String, _ scope: SearchScope, _ page: Page, into answer: inout SearchAnswer
    ) throws {
        answer.answeredBy = ["regex"]
        guard pattern.utf8.count <= SearchLimits.patternBytes else {
            throw SearchError(
                code: .invalidPattern,
                message: "the pattern has more than \(SearchLimits.patternBytes) bytes",
                remedy: "shorten it")
        }
        guard !pattern.isEmpty else {
            throw SearchError(
                code: .invalidPattern, message: "the pattern is empty",
                remedy: "say what to look for")
        }
        if scope.isEmpty { return }
        let pattern = Self.byLine(try PatternDialect.translated(pattern))
        let limit = SearchLimits.patternChunks
        let found = try store.chunks(matching: pattern, in: scope.retrieval, limit: limit + 1)
        answer.isComplete = found.count <= limit
        // One more than the page holds shows whether another follows.
        let runs = try firstRuns(page.limit + 1, of: found, matching: pattern, after: page.cursor)
        let shown = runs.prefix(page.limit)
        if runs.count > page.limit {
            answer.nextCursor = page.nextCursor(after: shown.map(\.place))
        }
        let bodies = try store.bodies(of: shown.filter(\.lines.isEmpty).map(\.chunk.text))
        answer.results = shown.enumerated().compactMap { index, run in
            result(run, rank: page.shown + index + 1, bodies[run.chunk.text] ?? "", scope)
        }
    }

    /// Lets `^` and `$` stand for the ends of a line and `.` not for a line feed, and keeps the
    /// options that the pattern begins with.
    static func byLine(_ pattern: String) -> String {
        guard pattern.hasPrefix("(?"), let end = pattern.firstIndex(of: ")") else {
            return "(?n)" + pattern
        }
        let options = pattern[pattern.index(pattern.startIndex, offsetBy: 2)..<end]
        guard !options.isEmpty, options.allSatisfy({ $0.isLetter }) else { return "(?n)" + pattern }
        return "(?\(options)n)" + pattern[pattern.index(after: end)...]
    }

    /// Lines of a chunk that follow one another.
    private struct Run {
        var chunk: RetrievedChunk
        var startLine: Int
        var lines: [String]
        var place: ResultPlace
    }

    /// The first runs behind a place, reading the lines of no more chunks than these need.
    private func firstRuns(
        _ count: Int, of chunks: [RetrievedChunk], matching pattern: String,
        after cursor: PageCursor?
    ) throws -> [Run] {
        var places = chunks.map { (chunk: $0, place: Self.place(of: $0, line: $0.startLine)) }
        if let last = cursor?.last {
            places.removeAll { chunk, place in
                var end = place
                end.number = chunk.endLine
                return !last.isBefore(end)
            }
        }
        places.sort { $0.place.isBefore($1.place) }
        var runs: [Run] = []
        var next = places.startIndex
        while runs.count < count, next < places.endIndex {
            let batch = places[next...].prefix(SearchLimits.patternBatch)
            let lines = try store.lines(matching: pattern, of: Set(batch.map(\.chunk.text)))
            for (chunk, place) in batch {
                runs += self.runs(of: chunk, place, lines[chunk.text]).filter { run in
                    cursor.map { $0.last.isBefore(run.place) } ?? true
                }
            }
            next = batch.endIndex
        }
        return Array(runs.prefix(count))
    }

    /// Sources come before tests and the like, then paths decide.
    private static func place(of chunk: RetrievedChunk, line: Int) -> ResultPlace {
        let isAside = !PathTraits(chunk.path, language: chunk.language).isDisjoint(with: [
            .test, .example, .documentation, .benchmark, .vendored, .generated, .prose, .data,
        ])
        return ResultPlace(
            score: isAside ? 0 : 1, path: chunk.path, ref: chunk.ref, number: line)
    }

    private func runs(
        of chunk: RetrievedChunk, _ place: ResultPlace, _ found: RetrievedLines?
    ) -> [Run] {
        var runs: [Run] = []
        for (offset, line) in zip(found?.places ?? [], found?.lines ?? []) {
            let number = chunk.startLine + offset - 1
            if let last = runs.last, last.startLine + last.lines.count == number {
                runs[runs.count - 1].lines.append(line)
            } else {
                var own = place
                own.number = number
                runs.append(Run(chunk: chunk, startLine: number, lines: [line], place: own))
            }
        }
        if runs.isEmpty {
            // The match goes over several lines: the chunk as a whole is the place.
            runs = [Run(chunk: chunk, startLine: chunk.startLine, lines: [], place: place)]
        }
        return runs
    }

    private func result(
        _ run: Run, rank: Int, _ body: String, _ scope: SearchScope
    ) -> SearchResult? {
        let chunk = run.chunk
        guard let ref = scope.refs[chunk.ref], let commit = ref.ref.indexedCommit else {
            return nil
        }
        let text = run.lines.isEmpty ? body : run.lines.joined(separator: "\n")
        let snippet = Snippet(of: text, startLine: run.startLine)
        return SearchResult(
            repository: ref.repository, ref: ref.ref.name, commit: commit, path: chunk.path,
            language: chunk.language, symbol: chunk.symbol, kind: chunk.kind,
            startLine: snippet.startLine, endLine: snippet.endLine, symbolLine: nil,
            score: 1 / Double(rank), signals: ["regex_rank": rank], snippet: snippet.text,
            highlights: [])
    }
}
