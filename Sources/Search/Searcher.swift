public import Embedding
import Git
import Lexing
import Postgres
public import Storage

/// Answers queries from the index.
///
/// Blocks its thread on the database, so it belongs to the thread of its store. Each answer is of
/// one moment: a ref that moves meanwhile is seen before or after, never in between.
public final class Searcher {
    let store: IndexStore
    let embedder: any Embedder
    var weights = RankingWeights()
    var patternMilliseconds = SearchLimits.patternMilliseconds
    private var knownEmbedder: Int?

    /// Makes a searcher.
    ///
    /// - Parameters:
    ///   - store: The index's tables.
    ///   - embedder: The model that the texts' vectors were made by.
    /// - Throws: What the database said.
    public init(store: IndexStore, embedder: any Embedder) throws {
        self.store = store
        self.embedder = embedder
    }

    /// Answers a query.
    ///
    /// - Parameter request: What is looked for, and where.
    /// - Returns: A page of results, and how fresh they are.
    /// - Throws: ``SearchError``, or what the database or the embedder said.
    public func search(_ request: SearchRequest) throws -> SearchAnswer {
        let clock = ContinuousClock()
        let start = clock.now
        var page = try Page(request)
        let query = try parsed(request)
        let isPattern = query.pattern != nil
        let milliseconds =
            isPattern ? patternMilliseconds : SearchLimits.statementMilliseconds
        var leftOut: [Int: Int] = [:]
        var scope = SearchScope([])
        var answer = SearchAnswer(
            results: [], answeredBy: [], freshness: [], nextCursor: nil, duration: .zero)
        try limitingTime(milliseconds, isPattern: isPattern) { estimate in
            let resolver = ScopeResolver(store: store)
            scope = try resolver.scope(of: request, query)
            let textCount = page.settle(scope, textCount: estimate)
            answer.warnings = scope.warnings
            leftOut = try store.filesLeftOut(ofRefs: scope.order)
            if let pattern = query.pattern {
                try PatternSearch(store: store).answer(pattern, scope, page, into: &answer)
            } else if request.mode == .symbol {
                try SymbolSearch(store: store).answer(
                    query, scope, page, textCount: textCount, into: &answer)
            } else {
                try answerByRanking(
                    query, mode: request.mode, scope, page, textCount: textCount, into: &answer)
            }
            if answer.results.isEmpty || scope.languages.count > 1 {
                try resolver.checkLanguages(scope.languages)
            }
            try SyncedItemReader(store: store).name(&answer.results, in: scope)
        }
        answer.freshness = FreshnessReader(store: store).freshness(of: scope, leftOut: leftOut)
        answer.duration = clock.now - start
        return answer
    }

    private func parsed(_ request: SearchRequest) throws(SearchError) -> ParsedQuery {
        guard request.query.utf8.count <= SearchRequest.maximumQueryBytes else {
            throw SearchError(
                code: .invalidQuery,
                message: "the query has more than \(SearchRequest.maximumQueryBytes) bytes",
                remedy: "shorten it")
        }
        var query = ParsedQuery(request.query, isPattern: request.mode == .regex)
        if query.pattern == nil, query.text.allSatisfy(\.isWhitespace) {
            throw SearchError(
                code: .invalidQuery, message: "the query is empty",
                remedy: "say what to look for")
        }
        if query.pattern == nil, query.symbol == nil, request.mode != .symbol,
            QueryTerms.terms(of: query.text).isEmpty
        {
            query.pattern = try Self.pattern(ofSigns: query, mode: request.mode)
        }
        return query
    }

    /// What finds the signs of a query without words, which neither words nor vectors tell apart.
    private static func pattern(
        ofSigns query: ParsedQuery, mode: SearchMode
    ) throws(SearchError) -> String {
        guard query.text.utf8.count >= SearchLimits.fewestSigns, query.excluded.isEmpty,
            mode != .semantic
        else {
            throw SearchError(
                code: .invalidQuery, message: "the query has no word",
                remedy: "add one, or look for signs with --mode regex")
        }
        return PatternDialect.literal(query.text)
    }

    /// Runs statements under a time limit and turns its end into an error of this room.
    func limitingTime(
        _ milliseconds: Int, isPattern: Bool = false, _ body: (_ textCount: Int) throws -> Void
    ) throws {
        do {
            try store.searching(timeLimitMilliseconds: milliseconds, body)
        } catch let error as PostgresError where error.code == .timeout {
            throw SearchError(
                code: .tooExpensive,
                message: isPattern
                    ? "the pattern takes more than \(milliseconds) ms"
                    : "the search takes more than \(milliseconds) ms",
                remedy: isPattern
                    ? "add a literal word of three letters or more, or narrow the search by --path"
                    : "narrow it by --repo or --path", cause: error)
        } catch let error as PostgresError where error.sqlState == "2201B" {
            throw SearchError(
                code: .invalidPattern,
                message: "the regular expression is malformed, "
                    + PatternProblem.inPlainWords(error.message),
                remedy: "mend it, or search without --mode regex", cause: error)
        }
    }

    /// The number of the embedder's model in the database, or nil where it made no vectors yet.
    func embedderID() throws -> Int? {
        if let knownEmbedder { return knownEmbedder }
        let identity = embedder.identity
        knownEmbedder = try store.knownEmbedder(
            provider: identity.provider, model: identity.model, revision: identity.revision,
            dimensions: identity.dimensions)
        return knownEmbedder
    }
}
