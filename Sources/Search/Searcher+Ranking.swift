import Embedding
import Git
import Lexing
import Storage

extension Searcher {
    /// Answers by words, vectors, names and paths, or those of them that the mode looks at.
    func answerByRanking(
        _ query: ParsedQuery, mode: SearchMode, _ scope: SearchScope, _ page: Page,
        into answer: inout SearchAnswer
    ) throws {
        let (evidence, answeredBy) = try evidence(for: query, mode: mode, scope)
        answer.answeredBy = answeredBy
        let ranking = Ranker(evidence, weights: weights.limited(to: mode)).ranking()
        answer.nextCursor = page.nextCursor(count: ranking.count)
        answer.results = try ResultMaker(store: store, scope: scope).results(
            Array(page.part(of: ranking)), evidence)
    }

    /// Everything that ranking looks at, and which retrievers brought it.
    func evidence(
        for query: ParsedQuery, mode: SearchMode, _ scope: SearchScope
    ) throws -> (Evidence, answeredBy: [String]) {
        let terms = Array(QueryTerms.terms(of: query.text).prefix(SearchLimits.terms))
        let vector =
            try mode == .lexical ? nil : queryVector(query.text, isNeeded: mode == .semantic)
        if terms.isEmpty, vector == nil {
            throw SearchError(
                code: .invalidQuery, message: "the query has no word",
                remedy: "look for signs with --mode regex")
        }
        let statistics = try store.termStatistics(of: terms.map(\.lexeme.bytes))
        let profile = QueryProfile(query, terms: terms, statistics: statistics)
        if scope.isEmpty { return (Evidence(profile: profile), []) }
        let wanted = candidateQuery(profile, mode: mode, scope, vector, statistics)
        var collector = EvidenceCollector(profile: profile)
        collector.add(try store.candidates(wanted))
        if query.symbol != nil { collector.keepOnlyDefinitions() }
        let texts = try store.retrievedTexts(collector.texts, comparedWith: vector)
        var answeredBy: [String] = []
        if wanted.lexicalLimit > 0 { answeredBy.append("lexical") }
        if vector != nil { answeredBy.append("semantic") }
        if wanted.symbolLimit > 0 { answeredBy += ["symbol", "path"] }
        return (collector.evidence(texts), answeredBy)
    }

    func candidateQuery(
        _ profile: QueryProfile, mode: SearchMode, _ scope: SearchScope,
        _ vector: (components: [Float16], embedder: Int)?, _ statistics: TermStatistics
    ) -> CandidateQuery {
        var query = CandidateQuery(scope: scope.retrieval)
        query.textCount = statistics.textCount
        query.vector = vector
        query.semanticLimit = SearchLimits.semanticCandidates
        if mode == .semantic { return query }
        query.terms = profile.retrievalTerms
        query.textKeys = profile.keys(limit: SearchLimits.textMatches)
        query.nameKeys = profile.keys(limit: SearchLimits.nameMatches)
        query.names = Array(Set(profile.names.map { $0.last.lowercased() }))
        let keyed = Set(query.textKeys.map(\.lexeme))
        query.matchCount = profile.terms.reduce(0) {
            $0 + (keyed.contains($1.lexeme) ? $1.count : 0)
        }
        query.lexicalLimit = SearchLimits.lexicalCandidates
        query.symbolLimit = SearchLimits.symbolCandidates
        query.pathLimit = SearchLimits.pathCandidates
        return query
    }

    /// The vector of a query, or nil where the index has none of the model's.
    private func queryVector(
        _ text: String, isNeeded: Bool
    ) throws -> (components: [Float16], embedder: Int)? {
        guard let embedder = try embedderID() else {
            guard isNeeded else { return nil }
            throw SearchError(
                code: .noVectors,
                message: "the index has no vectors of the model \(self.embedder.identity.model)",
                remedy: "run 'gitdex index', or search with --mode lexical")
        }
        let vectors = try self.embedder.embed([Array(text.utf8)], as: .query)
        return vectors.first.map { ($0.components, embedder) }
    }
}
