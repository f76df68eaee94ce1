/// Finds which word of a query a word of a text is, exactly or by a common beginning.
struct TermMatcher {
    /// A word of a text that is a word of the query, or near to one.
    struct Match {
        var term: Int
        var isExact: Bool
    }

    private let lexemes: [[UInt8]]
    /// For each first byte, the words of the query that begin with it.
    private var byFirst: [[Int]]
    private let isSimple: [Bool]

    init(_ profile: QueryProfile) {
        lexemes = profile.terms.map(\.lexeme)
        isSimple = profile.terms.map(\.isSimple)
        byFirst = Array(repeating: [], count: 256)
        for (index, lexeme) in lexemes.enumerated() {
            if let first = lexeme.first { byFirst[Int(first)].append(index) }
        }
    }

    /// The match of a word, an exact one before a near one.
    func match(_ word: UnsafeRawBufferPointer) -> Match? {
        guard let first = word.first else { return nil }
        var near: Match?
        for index in byFirst[Int(first)] {
            let lexeme = lexemes[index]
            let common = commonCount(word, lexeme)
            if common == word.count, common == lexeme.count {
                return Match(term: index, isExact: true)
            }
            if near == nil, isSimple[index], Self.isNear(common, word.count, lexeme.count) {
                near = Match(term: index, isExact: false)
            }
        }
        return near
    }

    func match(_ word: [UInt8]) -> Match? {
        word.withUnsafeBytes { match($0) }
    }

    private func commonCount(_ word: UnsafeRawBufferPointer, _ lexeme: [UInt8]) -> Int {
        let limit = min(word.count, lexeme.count)
        var common = 0
        while common < limit, word[common] == lexeme[common] { common += 1 }
        return common
    }

    /// Whether two words with so many first bytes in common are likely of one family, as `auth` and
    /// `authentication`, or `serializer` and `serialization`.
    private static func isNear(_ common: Int, _ one: Int, _ other: Int) -> Bool {
        let (short, long) = (min(one, other), max(one, other))
        if common == short { return short >= 4 && long <= 4 * short }
        return common >= 6 && common * 10 >= long * 6
    }
}
