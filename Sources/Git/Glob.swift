/// A shell pattern over the bytes of a path, with git's meaning of `*`, `?`, `[…]`, `\` and `**`.
struct Glob: Sendable {
    enum Token: Hashable, Sendable {
        /// Exactly this byte.
        case byte(UInt8)
        /// One byte of the set, which never has `/` in it.
        case set(ByteSet)
        /// Any bytes but `/`, also none.
        case star
        /// Any number of whole folders, also none: the `**/` of `a/**/b`.
        case folders
        /// Whatever is left: the `**` of `a/**`.
        case rest
    }

    private enum Form: Sendable {
        case exact([UInt8])
        case suffix([UInt8])
        case general([Token])
        case never
    }

    private let form: Form

    init(_ pattern: ArraySlice<UInt8>) {
        guard let tokens = GlobParser.tokens(of: pattern) else {
            form = .never
            return
        }
        if let bytes = Self.bytes(of: tokens[...]) {
            form = .exact(bytes)
        } else if tokens.first == .star, let bytes = Self.bytes(of: tokens.dropFirst()),
            !bytes.contains(UInt8(ascii: "/"))
        {
            form = .suffix(bytes)
        } else {
            form = .general(tokens)
        }
    }

    /// Whether the pattern is malformed and so fits nothing.
    var isMalformed: Bool {
        if case .never = form { true } else { false }
    }

    /// Whether the pattern accepts every text, up to folders.
    var acceptsAnything: Bool {
        switch form {
        case .suffix(let bytes): bytes.isEmpty
        case .general(let tokens):
            tokens.allSatisfy { $0 == .star || $0 == .folders || $0 == .rest }
        case .exact, .never: false
        }
    }

    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        switch form {
        case .never: false
        case .exact(let bytes): text.elementsEqual(bytes)
        case .suffix(let bytes):
            text.count >= bytes.count && text.suffix(bytes.count).elementsEqual(bytes)
                && !text.dropLast(bytes.count).contains(UInt8(ascii: "/"))
        case .general(let tokens): Self.matches(tokens, text)
        }
    }

    private static func bytes(of tokens: ArraySlice<Token>) -> [UInt8]? {
        var bytes: [UInt8] = []
        for token in tokens {
            guard case .byte(let byte) = token else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Compares token by token, going back at most to the last star and the last double star.
    ///
    /// Earlier ones need no second look, so the time is at most the product of both lengths and the
    /// number of folders.
    private static func matches(_ tokens: [Token], _ text: ArraySlice<UInt8>) -> Bool {
        var token = 0
        var index = text.startIndex
        var star: (token: Int, index: Int)?
        var folders: (token: Int, index: Int)?
        while true {
            if token == tokens.count, index == text.endIndex { return true }
            if token < tokens.count {
                switch tokens[token] {
                case .rest: return true
                case .star:
                    star = (token + 1, index)
                    token += 1
                    continue
                case .folders:
                    folders = (token + 1, index)
                    star = nil
                    token += 1
                    continue
                case .byte(let byte) where index < text.endIndex && text[index] == byte:
                    token += 1
                    index += 1
                    continue
                case .set(let set) where index < text.endIndex && set.contains(text[index]):
                    token += 1
                    index += 1
                    continue
                default: break
                }
            }
            if let point = star, point.index < text.endIndex,
                text[point.index] != UInt8(ascii: "/")
            {
                star = (point.token, point.index + 1)
                (token, index) = (point.token, point.index + 1)
            } else if let point = folders,
                let slash = text[point.index...].firstIndex(of: UInt8(ascii: "/"))
            {
                folders = (point.token, slash + 1)
                star = nil
                (token, index) = (point.token, slash + 1)
            } else {
                return false
            }
        }
    }
}
