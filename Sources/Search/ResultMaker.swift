import Storage

/// Makes results out of ranked candidates.
struct ResultMaker {
    let store: IndexStore
    let scope: SearchScope

    func results(_ ranked: [Ranker.Ranked], _ evidence: Evidence) throws -> [SearchResult] {
        let chunks = ranked.map { evidence.files[$0.file].chunks[$0.chunk] }
        let bodies = try store.bodies(of: chunks.map(\.chunk.text))
        let lines = try store.definitionLines(of: chunks.map(\.chunk))
        let matcher = TermMatcher(evidence.profile)
        let highlights = evidence.profile.terms.map { String(decoding: $0.lexeme, as: UTF8.self) }
        return zip(ranked, chunks).compactMap { place, candidate in
            let chunk = candidate.chunk
            guard let ref = scope.refs[chunk.ref], let commit = ref.ref.indexedCommit,
                let body = bodies[chunk.text]
            else { return nil }
            let named = Self.named(candidate)
            let line = named.flatMap(\.startLine) ?? (named == nil ? lines[chunk] : nil)
            let snippet = Snippet(
                of: body, startLine: chunk.startLine, focus: line, matcher: matcher)
            let shown = snippet.startLine...snippet.endLine
            return SearchResult(
                repository: ref.repository, ref: ref.ref.name, commit: commit, path: chunk.path,
                language: chunk.language, symbol: named?.qualifiedName ?? chunk.symbol,
                kind: named?.kind ?? chunk.kind, startLine: snippet.startLine,
                endLine: snippet.endLine,
                symbolLine: line.flatMap { shown.contains($0) ? $0 : nil }, score: place.score,
                signals: candidate.signals, snippet: snippet.text, highlights: highlights)
        }
    }

    /// The definition that a chunk is shown for: one with a name of the query, else one whose name
    /// says clearly more of it than that of the chunk; nil where the chunk's own does.
    private static func named(_ chunk: Evidence.Chunk) -> Evidence.Definition? {
        let known = chunk.definitions.filter { $0.startLine != nil }
        let best = known.max { left, right in
            if left.exactness != right.exactness { return left.exactness < right.exactness }
            if left.isDeclaration != right.isDeclaration { return left.isDeclaration }
            return left.overlap.fit < right.overlap.fit
        }
        guard let best else { return nil }
        if best.exactness > .none || best.qualifiedName == chunk.chunk.symbol { return best }
        let own = chunk.definitions.first { $0.qualifiedName == chunk.chunk.symbol }
        return best.overlap.fit > clearFit + (own?.overlap.fit ?? 0) ? best : nil
    }

    /// How much more of the query a name must say to stand for a chunk that has another.
    private static let clearFit = 0.2
}
