/// What the escapes of a JSON string stand for.
enum PayloadText {
    static func simpleEscape(_ letter: UInt8) -> Unicode.Scalar? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): Unicode.Scalar(letter)
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{c}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: nil
        }
    }

    /// The number that four hexadecimal digits make.
    static func codeUnit(_ bytes: UnsafeRawBufferPointer, at position: Int) -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }

    /// The character of a pair whose second half is escaped at `position`.
    static func surrogatePair(
        _ bytes: UnsafeRawBufferPointer, high: UInt32, at position: Int
    ) -> Unicode.Scalar? {
        guard (0xd800...0xdbff).contains(high), position + 6 <= bytes.count,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u"),
            let low = codeUnit(bytes, at: position + 2), (0xdc00...0xdfff).contains(low)
        else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
    }

    /// The text of a string that was scanned before.
    static func decoded(_ bytes: UnsafeRawBufferPointer) -> String {
        var text = String.UnicodeScalarView()
        var position = 0
        var plain = 0
        func appendPlain(_ end: Int) {
            text.append(
                contentsOf: String(decoding: bytes[plain..<end], as: UTF8.self).unicodeScalars)
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count else {
                position += 1
                continue
            }
            appendPlain(position)
            if let scalar = simpleEscape(bytes[position + 1]) {
                text.append(scalar)
                position += 2
            } else {
                let unit = codeUnit(bytes, at: position + 2) ?? 0xFFFD
                position += 6
                if let scalar = Unicode.Scalar(unit) {
                    text.append(scalar)
                } else if let pair = surrogatePair(bytes, high: unit, at: position) {
                    text.append(pair)
                    position += 6
                } else {
                    text.append("\u{FFFD}")
                }
            }
            plain = position
        }
        appendPlain(bytes.count)
        return String(text)
    }
}
