/// A body of the type `application/x-www-form-urlencoded`.
enum FormBody {
    /// Returns the field `payload`, which has to be there once.
    static func payload(of body: [UInt8]) throws(PayloadError) -> [UInt8] {
        var found: [UInt8]?
        for field in body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            guard try decoded(field[..<end]) == Array("payload".utf8) else { continue }
            guard found == nil else { throw PayloadError("the form has two fields 'payload'") }
            found = try decoded(field[end...].dropFirst())
        }
        guard let found else { throw PayloadError("the form has no field 'payload'") }
        return found
    }

    private static func decoded(_ text: ArraySlice<UInt8>) throws(PayloadError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "+"):
                bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < text.endIndex, let high = digit(text[index + 1]),
                    let low = digit(text[index + 2])
                else { throw PayloadError("the form is malformed") }
                bytes.append(high << 4 | low)
                index += 2
            default:
                bytes.append(text[index])
            }
            index += 1
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
