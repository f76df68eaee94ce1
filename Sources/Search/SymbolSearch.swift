import Git
import Lexing
import Storage

/// Finds definitions by their names.
struct SymbolSearch {
    let store: IndexStore

    private static let limit = 400

    func answer(
        _ query: ParsedQuery, _ scope: SearchScope, _ page: Page, textCount: Int,
        into answer: inout SearchAnswer
    ) throws {
        answer.answeredBy = ["symbol"]
        let terms = Array(QueryTerms.terms(of: query.text).prefix(SearchLimits.terms))
        guard !terms.isEmpty else {
            throw SearchError(
                code: .invalidQuery, message: "the query has no name",
                remedy: "name a definition, or a part of its name")
        }
        if scope.isEmpty { return }
        let statistics = try store.termStatistics(
            of: terms.map(\.lexeme.bytes), textCount: textCount)
        let profile = QueryProfile(query, terms: terms, statistics: statistics)
        var wanted = CandidateQuery(scope: scope.retrieval)
        wanted.terms = profile.retrievalTerms
        wanted.nameKeys = profile.keys(limit: SearchLimits.nameMatches)
        wanted.names = Array(Set(profile.names.map { $0.last.lowercased() }))
        wanted.symbolLimit = Self.limit
        let ranked = ranking(try store.candidates(wanted).symbols, profile)
        answer.isComplete = ranked.count < Self.limit
        let (shown, next) = page.part(of: ranked) { Self.place(of: $0.symbol, score: $0.score) }
        answer.nextCursor = next
        answer.results = try results(shown, profile, scope)
    }

    private func ranking(
        _ symbols: [RetrievedSymbol], _ profile: QueryProfile
    ) -> [(symbol: RetrievedSymbol, score: Double)] {
        let matcher = TermMatcher(profile)
        return symbols.map { ($0, score($0, profile, matcher)) }.sorted { left, right in
            Self.place(of: left.0, score: left.1)
                .isBefore(Self.place(of: right.0, score: right.1))
        }
    }

    private static func place(of symbol: RetrievedSymbol, score: Double) -> ResultPlace {
        ResultPlace(
            score: score, path: symbol.chunk.path, ref: symbol.chunk.ref,
            number: symbol.startLine, name: symbol.qualifiedName)
    }

    /// The exact name first, then names made of the same words, types before functions before
    /// values, sources before tests.
    private func score(
        _ symbol: RetrievedSymbol, _ profile: QueryProfile, _ matcher: TermMatcher
    ) -> Double {
        let words = NameWords(symbol.name)
        let overlap = NameOverlap(words, profile: profile, matcher: matcher)
        let exactness = profile.exactness(
            ofName: symbol.name, joined: words.joined, qualifiedName: symbol.qualifiedName)
        var score = 2 * Double(exactness.rawValue)
        score += overlap.recall + 0.5 * overlap.precision
        switch DefinitionKind(symbol.kind) {
        case .type: score += 0.2
        case .function: score += 0.1
        case .value, .other: break
        }
        score += Self.bodyScore(lines: symbol.endLine - symbol.startLine + 1)
        let traits = PathTraits(symbol.chunk.path, language: symbol.chunk.language)
            .subtracting(profile.traits)
        if !traits.isDisjoint(with: [.test, .example, .benchmark, .vendored, .generated]) {
            score -= 0.5
        }
        return score
    }

    /// A definition with a body comes before a stub of the same kind and name.
    private static func bodyScore(lines: Int) -> Double {
        min(0.09, 0.03 * Double(max(1, lines)).log)
    }

    private func results(
        _ page: [(rank: Int, element: (symbol: RetrievedSymbol, score: Double))],
        _ profile: QueryProfile, _ scope: SearchScope
    ) throws -> [SearchResult] {
        let bodies = try store.bodies(of: page.map(\.element.symbol.chunk.text))
        let matcher = TermMatcher(profile)
        let highlights = profile.terms.map { String(decoding: $0.lexeme, as: UTF8.self) }
        return page.compactMap { rank, found in
            let (symbol, chunk) = (found.symbol, found.symbol.chunk)
            guard let ref = scope.refs[chunk.ref], let commit = ref.ref.indexedCommit,
                let body = bodies[chunk.text]
            else { return nil }
            let snippet = Snippet(
                of: body, startLine: chunk.startLine, focus: symbol.startLine, matcher: matcher)
            return SearchResult(
                repository: ref.repository, ref: ref.ref.name, commit: commit, path: chunk.path,
                language: chunk.language, symbol: symbol.qualifiedName, kind: symbol.kind,
                startLine: snippet.startLine, endLine: snippet.endLine,
                symbolLine: symbol.startLine, score: found.score,
                signals: ["symbol_rank": rank], snippet: snippet.text, highlights: highlights)
        }
    }
}
