public import Git
import Lexing
import Storage

extension Searcher {
    /// How many words of a text are looked up for those like it.
    private static let relatedWords = 24

    /// Finds the chunks most like the one at a place.
    ///
    /// - Parameters:
    ///   - repository: The repository's name; nil where only one has the place.
    ///   - ref: The full or short name of a ref, or a commit; nil for the ref indexed last.
    ///   - path: The file's path.
    ///   - line: The line, from 1.
    ///   - limit: How many chunks at most.
    /// - Returns: The chunks, the most alike first; the one at the place is not among them.
    /// - Throws: ``SearchError``, or what the database said.
    public func related(
        repository: String?, ref: String?, path: GitPath, line: Int, limit: Int
    ) throws -> SearchAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        var request = SearchRequest(query: path.description)
        request.repository = repository
        request.ref = ref
        request.limit = limit
        let page = try Page(request)
        var scope = SearchScope([])
        var leftOut: [Int: Int] = [:]
        var answer = SearchAnswer(
            results: [], answeredBy: [], freshness: [], nextCursor: nil, duration: .zero)
        try limitingTime(SearchLimits.statementMilliseconds) { textCount in
            scope = SearchScope(
                try ScopeResolver(store: store).refs(repository: repository, ref: ref))
            leftOut = try store.filesLeftOut(ofRefs: scope.order)
            guard let chunk = try store.chunk(at: path, line: line, refs: scope.order) else {
                throw SearchError(
                    code: .unknownPlace, message: "no chunk stands at \(path):\(line)",
                    remedy: "name a line of an indexed file, as PATH:LINE from the repository's top"
                )
            }
            try answerByLikeness(to: chunk, scope, page, textCount: textCount, into: &answer)
        }
        answer.freshness = FreshnessReader(store: store).freshness(of: scope, leftOut: leftOut)
        answer.duration = clock.now - start
        return answer
    }

    private func answerByLikeness(
        to chunk: RetrievedChunk, _ scope: SearchScope, _ page: Page, textCount: Int,
        into answer: inout SearchAnswer
    ) throws {
        var vector: (components: [Float16], embedder: Int)?
        if let embedder = try embedderID(),
            let components = try store.vector(of: chunk.text, embedder: embedder)
        {
            vector = (components, embedder)
        }
        let text = try store.retrievedTexts([chunk.text], comparedWith: nil)[chunk.text]
        let words = Self.tellingWords(of: text?.tokens ?? [])
        let statistics = try store.termStatistics(of: words, textCount: textCount)
        let profile = QueryProfile(
            likeness: words, statistics: statistics, limit: Self.relatedWords)
        var wanted = CandidateQuery(scope: scope.retrieval)
        wanted.textCount = textCount
        wanted.vector = vector
        wanted.semanticLimit = SearchLimits.semanticCandidates
        wanted.terms = profile.retrievalTerms
        wanted.textKeys = profile.keys(limit: SearchLimits.textMatches)
        wanted.lexicalLimit = SearchLimits.semanticCandidates
        var collector = EvidenceCollector(profile: profile)
        collector.add(try store.candidates(wanted))
        collector.remove(chunk)
        try collector.read(from: store, comparedWith: vector)
        let evidence = collector.evidence()
        let ranking = Ranker(evidence, weights: weights.forLikeness()).ranking()
        answer.answeredBy = vector == nil ? ["lexical"] : ["lexical", "semantic"]
        answer.results = try ResultMaker(store: store, scope: scope).results(
            Array(ranking.prefix(page.limit)), evidence)
    }

    /// The words that stand most often in a text, the longer first where they are even.
    private static func tellingWords(of tokens: [UInt8]) -> [[UInt8]] {
        var words: [(lexeme: [UInt8], count: Int)] = []
        tokens.withUnsafeBytes { bytes in
            TokenVector.forEachWord(in: bytes) { start, length, count, _ in
                if length >= 3 { words.append((Array(bytes[start..<start + length]), count)) }
            }
        }
        words.sort { ($0.count, $0.lexeme.count) > ($1.count, $1.lexeme.count) }
        return words.prefix(2 * relatedWords).map(\.lexeme)
    }
}
