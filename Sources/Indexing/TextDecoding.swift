/// Turns git's bytes into text that a database accepts.
enum TextDecoding {
    /// The bytes as UTF-8, with what is not UTF-8 replaced by U+FFFD.
    static func text(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        if invalidByteCount(in: bytes) == 0 { return [UInt8](bytes) }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// How many bytes belong to no valid UTF-8 sequence.
    static func invalidByteCount(in bytes: UnsafeRawBufferPointer) -> Int {
        var invalid = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                index += 1
                continue
            }
            let length = sequenceLength(in: bytes, at: index)
            if length == 0 {
                invalid += 1
                index += 1
            } else {
                index += length
            }
        }
        return invalid
    }

    /// The length of the valid sequence of several bytes at `index`, or 0.
    private static func sequenceLength(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let lead = bytes[index]
        let length: Int
        var lowest: UInt8 = 0x80
        var highest: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            lowest = 0xA0
        case 0xED:
            length = 3
            highest = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            lowest = 0x90
        case 0xF4:
            length = 4
            highest = 0x8F
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard index + length <= bytes.count else { return 0 }
        guard bytes[index + 1] >= lowest, bytes[index + 1] <= highest else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
