import Lexing
import Storage

/// A query as ranking sees it: its words with their weights, and the names in it.
struct QueryProfile {
    /// One word that is looked up.
    struct Term {
        var lexeme: [UInt8]
        var kind: QueryTerm.Kind
        /// In how many texts it stands.
        var count: Int
        /// How much it tells: more for a rare one.
        var rarity: Double

        /// Whether it is a word of its own and not made of others.
        var isSimple: Bool { kind == .word || kind == .part }
    }

    /// The words; those that are made of others stand in some text.
    var terms: [Term]
    /// Neighbours among the simple words, by their places in ``terms``.
    var pairs: [(Int, Int)] = []
    /// The names as typed.
    var names: [QueryName]
    /// Whether the query is nothing but names of code.
    var isIdentifierQuery: Bool
    /// The words of the query, joined as in a name.
    var joined: [UInt8]
    /// Which kinds of paths the query speaks of.
    var traits: PathTraits
    /// Words that must not occur, as the index makes them.
    var excluded: Set<[UInt8]> = []
    /// Words that must stand one after another.
    var phrases: [RetrievalPhrase] = []

    /// Makes the profile of a query.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - terms: Its words.
    ///   - statistics: How often they occur, in the same order.
    init(_ query: ParsedQuery, terms: [QueryTerm], statistics: TermStatistics) {
        let text = query.text
        let kept = zip(terms, statistics.counts).compactMap { term, count -> Term? in
            // A made word that is nowhere says nothing; a plain one may be near to a name.
            if count == 0, term.kind == .whole || term.kind == .compound { return nil }
            return Term(
                lexeme: term.lexeme.bytes, kind: term.kind, count: count,
                rarity: Self.rarity(count, of: statistics.textCount))
        }
        self.terms = kept
        let simple = kept.indices.filter { kept[$0].isSimple }
        pairs = Array(zip(simple, simple.dropFirst()))
        names = QueryName.names(in: text)
        isIdentifierQuery = names.count == 1 || names.allSatisfy(\.isIdentifier)
        joined = NameWords(text).joined
        traits = PathTraits(wordsOf: NameWords(text))
        excluded = Set(
            query.excluded.map { NameWords($0) }.map { words in
                words.parts.count == 1 ? words.parts[0] : words.joined
            })
        phrases = Self.phrases(of: query)
    }

    /// The words that must stand one after another.
    static func phrases(of query: ParsedQuery) -> [RetrievalPhrase] {
        query.phrases.map { phrase in
            NameWords(phrase).parts.enumerated().compactMap { offset, lexeme in
                // The index has no words of one character, but counts them.
                lexeme.count > 1 ? RetrievalPhrase.Word(offset: offset, lexeme: lexeme) : nil
            }
        }.filter { !$0.isEmpty }.map { RetrievalPhrase(words: $0) }
    }

    /// Makes the profile of a text that others are to be like.
    ///
    /// - Parameters:
    ///   - words: Words of the text.
    ///   - statistics: How often they occur, in the same order.
    ///   - limit: How many of them count, the rarest first; those of this text alone do not.
    init(likeness words: [[UInt8]], statistics: TermStatistics, limit: Int) {
        let all = zip(words, statistics.counts).map { lexeme, count in
            Term(
                lexeme: lexeme, kind: .word, count: count,
                rarity: Self.rarity(count, of: statistics.textCount))
        }
        terms = Array(all.filter { $0.count > 1 }.sorted { $0.count < $1.count }.prefix(limit))
        names = []
        isIdentifierQuery = false
        joined = []
        traits = []
    }

    /// How much a word tells that stands in `count` of `total` texts.
    private static func rarity(_ count: Int, of total: Int) -> Double {
        let (count, total) = (Double(count), Double(max(1, total)))
        return max(0.1, (1 + (total - count + 0.5) / (count + 0.5)).log)
    }

    /// How far a definition's name is one of the names in the query.
    func exactness(
        ofName name: String, joined: [UInt8], qualifiedName: String
    ) -> Evidence.Exactness {
        var best = Evidence.Exactness.none
        for wanted in names where isIdentifierQuery || wanted.isIdentifier || wanted.isProper {
            best = max(
                best, wanted.exactness(ofName: name, joined: joined, qualifiedName: qualifiedName))
        }
        return best
    }

    /// The words to take candidates by: the rarest, until about `limit` texts may hold one.
    func keys(limit: Int) -> [RetrievalTerm] {
        var keys: [RetrievalTerm] = []
        var sum = 0
        let known = terms.filter { $0.count > 0 }
        for term in known.sorted(by: { ($0.count, $0.lexeme.count) < ($1.count, $1.lexeme.count) })
        {
            if !keys.isEmpty, sum + term.count > limit { break }
            sum += term.count
            keys.append(RetrievalTerm(lexeme: term.lexeme, weight: term.rarity))
        }
        return keys
    }

    /// All words, with weights for the choice of candidates.
    var retrievalTerms: [RetrievalTerm] {
        terms.filter { $0.count > 0 }.map { term in
            let share: Double =
                switch term.kind {
                case .whole: 1.5
                case .word, .compound: 1
                case .part: 0.6
                }
            return RetrievalTerm(lexeme: term.lexeme, weight: share * term.rarity)
        }
    }
}

extension Double {
    /// The natural logarithm, from the standard library's own pieces of a number.
    var log: Double {
        // x = m · 2^e with m in 1..<2; ln m by the series of the inverse hyperbolic tangent.
        guard self > 0, isFinite else { return 0 }
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        var (sum, power) = (0.0, ratio)
        for divisor in stride(from: 1.0, through: 27, by: 2) {
            sum += power / divisor
            power *= square
        }
        return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
    }
}
