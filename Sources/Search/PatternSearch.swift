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
        let found = try store.lines(
            matching: Self.byLine(pattern), in: scope.retrieval, limit: SearchLimits.patternChunks)
        let runs = found.flatMap(runs).sorted(by: Self.isBefore)
        answer.nextCursor = page.nextCursor(count: runs.count)
        answer.results = page.part(of: Array(runs.enumerated())).compactMap { rank, run in
            result(run, rank: rank + 1, scope)
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
        /// Whether the file is a test or the like, which comes after sources.
        var isAside: Bool
    }

    private func runs(_ found: RetrievedLines) -> [Run] {
        let chunk = found.chunk
        let isAside = !PathTraits(chunk.path, language: chunk.language).isDisjoint(with: [
            .test, .example, .documentation, .benchmark, .vendored, .generated, .prose, .data,
        ])
        var runs: [Run] = []
        for (place, line) in zip(found.places, found.lines) {
            let number = chunk.startLine + place - 1
            if let last = runs.last, last.startLine + last.lines.count == number {
                runs[runs.count - 1].lines.append(line)
            } else {
                runs.append(
                    Run(chunk: chunk, startLine: number, lines: [line], isAside: isAside))
            }
        }
        if runs.isEmpty {
            // The match goes over several lines: the chunk as a whole is the place.
            runs = [Run(chunk: chunk, startLine: chunk.startLine, lines: [], isAside: isAside)]
        }
        return runs
    }

    private static func isBefore(_ left: Run, _ right: Run) -> Bool {
        if left.isAside != right.isAside { return right.isAside }
        if left.chunk.path != right.chunk.path { return left.chunk.path < right.chunk.path }
        return (left.chunk.ref, left.startLine) < (right.chunk.ref, right.startLine)
    }

    private func result(_ run: Run, rank: Int, _ scope: SearchScope) -> SearchResult? {
        let chunk = run.chunk
        guard let ref = scope.refs[chunk.ref], let commit = ref.ref.indexedCommit else {
            return nil
        }
        let end = run.lines.isEmpty ? chunk.endLine : run.startLine + run.lines.count - 1
        return SearchResult(
            repository: ref.repository, ref: ref.ref.name, commit: commit, path: chunk.path,
            language: chunk.language, symbol: chunk.symbol, kind: chunk.kind,
            startLine: run.startLine, endLine: end, score: 1 / Double(rank),
            signals: ["regex_rank": rank],
            snippet: Snippet.limited(run.lines.joined(separator: "\n")),
            snippetStartLine: run.startLine, highlights: [])
    }
}
