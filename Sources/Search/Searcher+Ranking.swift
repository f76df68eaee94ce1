import Embedding
import Git
import Lexing
import Storage

extension Searcher {
    /// Answers by words, vectors, names and paths, or those of them that the mode looks at.
    func answerByRanking(
        _ query: ParsedQuery, mode: SearchMode, _ scope: SearchScope, _ page: Page,
        textCount: Int, into answer: inout SearchAnswer
    ) throws {
        let (evidence, answeredBy) = try evidence(
            for: query, mode: mode, scope, textCount: textCount)
        answer.answeredBy = answeredBy
        let ranking = Ranker(evidence, weights: weights.limited(to: mode)).ranking()
        let (ranked, next) = page.part(of: ranking) { evidence.place(of: $0) }
        answer.nextCursor = next
        answer.results = try ResultMaker(store: store, scope: scope).results(
            ranked.map(\.element), evidence)
    }

    /// Everything that ranking looks at, and which retrievers brought it.
    func evidence(
        for query: ParsedQuery, mode: SearchMode, _ scope: SearchScope, textCount: Int
    ) throws -> (Evidence, answeredBy: [String]) {
        let terms = Array(QueryTerms.terms(of: query.text).prefix(SearchLimits.terms))
        let vector =
            try mode == .lexical
            ? nil : queryVector(query.text, scope, isNeeded: mode == .semantic)
        if terms.isEmpty, vector == nil {
            throw SearchError(
                code: .invalidQuery, message: "the query has no word",
                remedy: "look for signs with --mode regex")
        }
        var wanted = CandidateQuery(scope: scope.retrieval)
        wanted.textCount = textCount
        wanted.phrases = QueryProfile.phrases(of: query)
        let (statistics, lexical) = try words(terms, mode: mode, scope, &wanted)
        let profile = QueryProfile(query, terms: terms, statistics: statistics)
        if scope.isEmpty { return (Evidence(profile: profile), []) }
        if mode != .semantic { ask(&wanted, for: profile, of: scope) }
        let scansLater =
            mode == .hybrid && textCount > SearchLimits.vectorsScanned && !profile.terms.isEmpty
        if !scansLater { ask(&wanted, forNearestTo: vector) }
        var rows = try store.candidates(wanted)
        rows.lexical += lexical
        var collector = EvidenceCollector(profile: profile)
        collector.add(rows)
        if let name = query.symbol.flatMap({ QueryName($0[...]) }) {
            collector.keepOnlyDefinitions(of: name)
        }
        try collector.read(from: store, comparedWith: vector)
        var evidence = collector.evidence()
        if scansLater, query.symbol == nil, !profile.isIdentifierQuery,
            evidence.bestCoverage < SearchLimits.coveredShare
        {
            var nearest = CandidateQuery(scope: scope.retrieval)
            nearest.textCount = textCount
            ask(&nearest, forNearestTo: vector)
            collector.add(try store.candidates(nearest))
            try collector.read(from: store, comparedWith: vector)
            evidence = collector.evidence()
        }
        var answeredBy: [String] = []
        if mode != .semantic { answeredBy.append("lexical") }
        if vector != nil { answeredBy.append("semantic") }
        if wanted.symbolLimit > 0 { answeredBy += ["symbol", "path"] }
        return (evidence, answeredBy)
    }

    /// Asks for candidates by their vectors.
    private func ask(
        _ wanted: inout CandidateQuery,
        forNearestTo vector: (components: [Float16], embedder: Int)?
    ) {
        wanted.vector = vector
        wanted.semanticLimit = SearchLimits.semanticCandidates
    }

    /// How often words occur, and the chunks that hold them where counting finds these as well.
    func words(
        _ terms: [QueryTerm], mode: SearchMode, _ scope: SearchScope, _ wanted: inout CandidateQuery
    ) throws -> (TermStatistics, [RetrievedChunk]) {
        let chunkCount = scope.retrieval.chunkCount
        let isPart =
            chunkCount <= SearchLimits.chunksRead && chunkCount * 2 < wanted.textCount
        if terms.isEmpty || mode == .semantic || !isPart {
            wanted.lexicalLimit = mode == .semantic ? 0 : SearchLimits.lexicalCandidates(wanted)
            return (
                try store.termStatistics(
                    of: terms.map(\.lexeme.bytes), textCount: wanted.textCount), []
            )
        }
        return try store.lexicalCandidates(
            of: terms.map { RetrievalTerm(lexeme: $0.lexeme.bytes, weight: $0.weight) },
            phrases: wanted.phrases, in: scope.retrieval,
            limit: SearchLimits.lexicalCandidates(wanted))
    }

    /// Asks for candidates by words, names and paths.
    func ask(
        _ wanted: inout CandidateQuery, for profile: QueryProfile, of scope: SearchScope
    ) {
        wanted.terms = profile.retrievalTerms
        wanted.textKeys = profile.keys(limit: SearchLimits.textMatches)
        wanted.nameKeys = profile.keys(limit: SearchLimits.nameMatches)
        wanted.names = Array(Set(profile.names.map { $0.last.lowercased() }))
        wanted.symbolLimit = SearchLimits.symbolCandidates
        wanted.pathLimit = SearchLimits.pathCandidates
    }

    /// The vector of a query, or nil where the index has none of the model's.
    private func queryVector(
        _ text: String, _ scope: SearchScope, isNeeded: Bool
    ) throws -> (components: [Float16], embedder: Int)? {
        // Vectors of another model say nothing, and those of this one may not be there yet.
        guard let embedder = try embedderID(),
            scope.refs.values.contains(where: { $0.ref.vectorsEmbedder == embedder })
        else {
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
