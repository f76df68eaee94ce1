/// Reads a name that git wrote in double quotes with C escapes.
enum QuotedText {
    /// The name at the front and what follows its closing quote, or `nil` when it is malformed.
    static func read(_ text: ArraySlice<UInt8>) -> (name: [UInt8], rest: ArraySlice<UInt8>)? {
        var rest = text.dropFirst()
        var name: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return (name, rest)
            case UInt8(ascii: "\\"):
                guard let escaped = readEscape(&rest) else { return nil }
                name.append(escaped)
            default: name.append(byte)
            }
        }
        return nil
    }

    private static func readEscape(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        switch byte {
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0B
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): return byte
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            guard let middle = octal(rest.popFirst()), let low = octal(rest.popFirst()) else {
                return nil
            }
            return (byte - UInt8(ascii: "0")) << 6 | middle << 3 | low
        default: return nil
        }
    }

    private static func octal(_ byte: UInt8?) -> UInt8? {
        guard let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "7") else { return nil }
        return byte - UInt8(ascii: "0")
    }
}
