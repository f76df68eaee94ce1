/// Reads the text of a ``Glob``.
struct GlobParser {
    private var rest: ArraySlice<UInt8>
    private var tokens: [Glob.Token] = []

    /// The tokens of a pattern, or `nil` for one that can match nothing, such as an open `[`.
    static func tokens(of pattern: ArraySlice<UInt8>) -> [Glob.Token]? {
        var parser = GlobParser(rest: pattern)
        return parser.parse() ? parser.tokens : nil
    }

    private init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    private mutating func parse() -> Bool {
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return false }
                tokens.append(.byte(escaped))
            case UInt8(ascii: "?"):
                var any = ByteSet()
                any.invert()
                any.remove(UInt8(ascii: "/"))
                tokens.append(.set(any))
            case UInt8(ascii: "["):
                guard let set = parseSet() else { return false }
                tokens.append(.set(set))
            case UInt8(ascii: "*"):
                parseStars()
            default:
                tokens.append(.byte(byte))
            }
        }
        return true
    }

    /// Reads the stars after a first one: two or more of them between slashes span folders.
    private mutating func parseStars() {
        let isAtStart =
            tokens.isEmpty || tokens.last == .byte(UInt8(ascii: "/"))
            || tokens.last == .folders
        var count = 1
        while rest.first == UInt8(ascii: "*") {
            rest.removeFirst()
            count += 1
        }
        guard count > 1, isAtStart else {
            if tokens.last != .star { tokens.append(.star) }
            return
        }
        if rest.isEmpty {
            tokens.append(.rest)
        } else if rest.first == UInt8(ascii: "/") {
            rest.removeFirst()
            tokens.append(.folders)
        } else if rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "/")]) {
            rest.removeFirst(2)
            tokens.append(.folders)
        } else {
            tokens.append(.star)
        }
    }

    /// Reads a bracket expression whose `[` is consumed; `nil` when it is not closed.
    private mutating func parseSet() -> ByteSet? {
        var set = ByteSet()
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        var previous: UInt8?
        var isFirst = true
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !isFirst {
                if isNegated { set.invert() }
                set.remove(UInt8(ascii: "/"))
                return set
            }
            isFirst = false
            if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":") {
                if let name = popClassName() {
                    guard let accepts = Self.characterClass(name) else { return nil }
                    set.insert(where: accepts)
                    previous = nil
                    continue
                }
            } else if byte == UInt8(ascii: "-"), let low = previous, let next = rest.first,
                next != UInt8(ascii: "]")
            {
                rest.removeFirst()
                guard let high = unescaped(next) else { return nil }
                if low <= high { for value in low...high { set.insert(value) } }
                previous = nil
                continue
            }
            guard let literal = unescaped(byte) else { return nil }
            set.insert(literal)
            previous = literal
        }
        return nil
    }

    /// The byte itself, or the one after a backslash.
    private mutating func unescaped(_ byte: UInt8) -> UInt8? {
        byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
    }

    /// Takes `:name:]` from the front; `nil`, taking nothing, where the set just holds a `[`.
    private mutating func popClassName() -> String? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.startIndex + 1,
            rest[end - 1] == UInt8(ascii: ":")
        else { return nil }
        let name = String(decoding: rest[(rest.startIndex + 1)..<(end - 1)], as: UTF8.self)
        rest = rest[(end + 1)...]
        return name
    }

    private static func characterClass(_ name: String) -> ((UInt8) -> Bool)? {
        func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
        func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            isUpper(byte) || isLower(byte) || isDigit(byte)
        }
        switch name {
        case "alnum": return isAlphanumeric
        case "alpha": return { isUpper($0) || isLower($0) }
        case "blank": return { $0 == 0x20 || $0 == 0x09 }
        case "cntrl": return { $0 < 0x20 || $0 == 0x7F }
        case "digit": return isDigit
        case "graph": return { $0 > 0x20 && $0 < 0x7F }
        case "lower": return isLower
        case "print": return { $0 >= 0x20 && $0 < 0x7F }
        case "punct": return { $0 > 0x20 && $0 < 0x7F && !isAlphanumeric($0) }
        case "space": return { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        case "upper": return isUpper
        case "xdigit":
            return { isDigit($0) || ($0 >= 0x41 && $0 <= 0x46) || ($0 >= 0x61 && $0 <= 0x66) }
        default: return nil
        }
    }
}
