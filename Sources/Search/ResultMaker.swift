import Storage

/// Makes results out of ranked candidates.
struct ResultMaker {
    let store: IndexStore
    let scope: SearchScope

    func results(_ ranked: [Ranker.Ranked], _ evidence: Evidence) throws -> [SearchResult] {
        let chunks = ranked.map { evidence.files[$0.file].chunks[$0.chunk] }
        let bodies = try store.bodies(of: chunks.map(\.chunk.text))
        let matcher = TermMatcher(evidence.profile)
        let highlights = evidence.profile.terms.map { String(decoding: $0.lexeme, as: UTF8.self) }
        return zip(ranked, chunks).compactMap { place, candidate in
            let chunk = candidate.chunk
            guard let ref = scope.refs[chunk.ref], let commit = ref.ref.indexedCommit,
                let body = bodies[chunk.text]
            else { return nil }
            let named = candidate.definitions.filter { $0.exactness > .none }
                .max { $0.exactness < $1.exactness }
            let snippet = Snippet(
                of: body, startLine: chunk.startLine, focus: named?.startLine, matcher: matcher)
            return SearchResult(
                repository: ref.repository, ref: ref.ref.name, commit: commit, path: chunk.path,
                language: chunk.language, symbol: named?.qualifiedName ?? chunk.symbol,
                kind: named?.kind ?? chunk.kind, startLine: chunk.startLine,
                endLine: chunk.endLine, score: place.score, signals: candidate.signals,
                snippet: snippet.text, snippetStartLine: snippet.startLine,
                highlights: highlights)
        }
    }
}
