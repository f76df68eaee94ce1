/// A word of a query as it may name something in code.
struct QueryName: Hashable {
    /// As typed, without punctuation around it.
    let text: String
    /// The part after the last `.`, `::`, `#` or `->`.
    let last: String
    /// ``last`` as ``NameWords/joined`` has it.
    let joinedLast: [UInt8]
    /// Whether it looks like code: capitals inside, low lines, or a qualified name.
    let isIdentifier: Bool

    /// Whether it begins with a capital, as types and proper names do.
    var isProper: Bool { last.first?.isUppercase ?? false }

    /// Reads a word, or gives nil where it holds no name.
    init?(_ word: Substring) {
        var name = word
        while let first = name.first, !first.isNamePart { name.removeFirst() }
        var hasCall = false
        while let end = name.last, !end.isNamePart {
            if end == "(" { hasCall = true }
            name.removeLast()
        }
        guard !name.isEmpty else { return nil }
        text = String(name)
        let separators = name.split { !$0.isNamePart }
        last = separators.last.map(String.init) ?? text
        joinedLast = NameWords(last).joined
        isIdentifier =
            hasCall || Self.hasInnerCapital(name) || name.contains("_")
            || (separators.count > 1 && !name.contains("-") && !name.contains("/")
                && !name.contains("'"))
    }

    /// How far a definition has this name.
    func exactness(
        ofName name: String, joined: [UInt8], qualifiedName: String
    ) -> Evidence.Exactness {
        if last == name {
            let isQualified =
                text != last && NameWords(qualifiedName).joined.ends(with: NameWords(text).joined)
            return isQualified ? .qualified : .exact
        }
        return joinedLast == joined ? .loose : .none
    }

    /// The names in a text, each once.
    static func names(in text: String) -> [QueryName] {
        var seen: Set<QueryName> = []
        return text.split(whereSeparator: \.isWhitespace).compactMap(QueryName.init).filter {
            seen.insert($0).inserted
        }
    }

    private static func hasInnerCapital(_ name: Substring) -> Bool {
        // An acronym is no identifier, but HTTPHeaders and toJson are.
        guard name.contains(where: \.isLowercase) else { return false }
        return name.dropFirst().contains(where: \.isUppercase)
    }
}

extension Character {
    fileprivate var isNamePart: Bool { isLetter || isNumber || self == "_" || self == "$" }
}

extension [UInt8] {
    fileprivate func ends(with suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
