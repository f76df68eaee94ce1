/// The text form of a path, from which its bytes can be read back.
enum PercentEncoding {
    static func text(of bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            let length = sequenceLength(in: bytes, at: index)
            if length == 0 {
                append(bytes[index], to: &encoded)
                index += 1
            } else {
                encoded.append(contentsOf: bytes[index..<index + length])
                index += length
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func append(_ byte: UInt8, to encoded: inout [UInt8]) {
        encoded.append(UInt8(ascii: "%"))
        encoded.append(HexadecimalDigit.digit(byte >> 4))
        encoded.append(HexadecimalDigit.digit(byte & 15))
    }

    /// The length of the printable UTF-8 sequence at an index, or 0 where there is none.
    private static func sequenceLength(in bytes: [UInt8], at index: Int) -> Int {
        let first = bytes[index]
        switch first {
        case 0x20..<0x7F: return first == UInt8(ascii: "%") ? 0 : 1
        case 0xC2...0xF4: break
        default: return 0
        }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + length <= bytes.count else { return 0 }
        let candidate = bytes[index..<index + length]
        // A C1 control character (U+0080 to U+009F) could steer a terminal.
        if first == 0xC2, candidate[index + 1] < 0xA0 { return 0 }
        return String(validating: candidate, as: UTF8.self) == nil ? 0 : length
    }
}
