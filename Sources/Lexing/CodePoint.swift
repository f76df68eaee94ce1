/// One decoded UTF-8 sequence.
struct CodePoint {
    /// The scalar value, or nil for a byte that is not part of a valid sequence.
    var value: UInt32?
    /// The number of bytes it takes; 1 for an invalid byte.
    var width: Int

    private static let invalid = CodePoint(value: nil, width: 1)

    /// Decodes the sequence that starts at an offset.
    ///
    /// Overlong forms, surrogates and values past the end of Unicode are invalid, as everywhere.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - offset: Where the sequence starts; below `count`.
    ///   - count: The length of the text.
    /// - Returns: The code point and its width.
    static func decode(_ bytes: UnsafePointer<UInt8>, at offset: Int, count: Int) -> CodePoint {
        let lead = bytes[offset]
        switch lead {
        case 0x00...0x7F:
            return CodePoint(value: UInt32(lead), width: 1)
        case 0xC2...0xDF:
            return sequence(bytes, offset, count, width: 2, head: UInt32(lead & 0x1F), least: 0x80)
        case 0xE0...0xEF:
            return sequence(bytes, offset, count, width: 3, head: UInt32(lead & 0x0F), least: 0x800)
        case 0xF0...0xF4:
            return sequence(
                bytes, offset, count, width: 4, head: UInt32(lead & 0x07), least: 0x10000)
        default:
            return .invalid
        }
    }

    private static func sequence(
        _ bytes: UnsafePointer<UInt8>, _ offset: Int, _ count: Int, width: Int, head: UInt32,
        least: UInt32
    ) -> CodePoint {
        guard offset + width <= count else { return .invalid }
        var value = head
        for index in 1..<width {
            let byte = bytes[offset + index]
            guard byte & 0xC0 == 0x80 else { return .invalid }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let isScalar = value >= least && value <= 0x10FFFF && !(0xD800...0xDFFF).contains(value)
        return isScalar ? CodePoint(value: value, width: width) : .invalid
    }

    /// Writes a code point in UTF-8.
    ///
    /// - Parameters:
    ///   - value: A scalar value of 0x80 or more.
    ///   - target: Where to write.
    ///   - width: The number of bytes the value takes.
    static func encode(_ value: UInt32, to target: UnsafeMutablePointer<UInt8>, width: Int) {
        var rest = value
        for index in stride(from: width - 1, to: 0, by: -1) {
            target[index] = 0x80 | UInt8(rest & 0x3F)
            rest >>= 6
        }
        let mark: UInt8 = width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0
        target[0] = mark | UInt8(rest)
    }
}
