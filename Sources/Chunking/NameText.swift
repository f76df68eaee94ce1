/// Turns the source text of a name into the form names are kept in.
enum NameText {
    /// The longest name kept; anything longer is not a name anyone looks for.
    static let longest = 200

    /// Puts a name as written into one form: parts joined by dots, no type arguments, no quotes.
    ///
    /// - Parameter bytes: The source text.
    /// - Returns: The name, or `nil` when nothing is left or it is too long.
    static func normalised(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard !bytes.isEmpty, bytes.count <= 4 * longest else { return nil }
        if bytes.allSatisfy(isPlain) { return bytes.count <= longest ? text(bytes) : nil }
        if let sign = operatorName(bytes) { return sign }
        let bytes = withoutQuotes(bytes)
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var depth = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            case _ where depth > 0: continue
            case UInt8(ascii: ":"), UInt8(ascii: "\\"):
                if let last = kept.last, last != UInt8(ascii: ".") {
                    kept.append(UInt8(ascii: "."))
                }
            case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                continue
            case UInt8(ascii: "$") where kept.isEmpty, UInt8(ascii: "#") where kept.isEmpty:
                continue
            case 0...0x20:
                if let last = kept.last, last != 0x20 { kept.append(0x20) }
            default: kept.append(byte)
            }
        }
        while let last = kept.last, last == 0x20 || last == UInt8(ascii: ".") { kept.removeLast() }
        return kept.isEmpty || kept.count > longest
            ? nil : kept.withUnsafeBytes { text($0) }
    }

    private static func withoutQuotes(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let quote = UInt8(ascii: "'")
        guard bytes.count > 2, bytes.first == quote, bytes.last == quote else { return bytes }
        return UnsafeRawBufferPointer(rebasing: bytes[1..<bytes.count - 1])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "!"):
            true
        default: false
        }
    }

    /// A name made of signs only, which must not lose its brackets.
    private static func operatorName(_ bytes: UnsafeRawBufferPointer) -> String? {
        let signs = bytes.allSatisfy { byte in
            byte > 0x20 && byte < 0x80 && !isPlain(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "!")
                || byte == UInt8(ascii: "?")
                || byte == UInt8(ascii: ".")
        }
        return signs && bytes.count <= 8 ? text(bytes) : nil
    }

    /// Decodes bytes, with the replacement character for what is not UTF-8.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
