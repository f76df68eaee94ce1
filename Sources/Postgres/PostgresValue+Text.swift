extension String: PostgresValue {
    /// `text`.
    public static var valueType: TypeOID { .text }
    /// `text[]`.
    public static var arrayType: TypeOID { .textArray }

    /// Appends the string as UTF-8.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.append(contentsOf: utf8)
        return true
    }

    /// Reads text, names, JSON, UUIDs and the labels of enumerations.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The text.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> String {
        guard let field else { throw PostgresError.null() }
        let bytes = field.bytes
        switch field.type {
        case .text, .varchar, .bpchar, .name, .json, .char, .unknown:
            return String(decoding: bytes, as: UTF8.self)
        case .jsonb where bytes.first == 1:
            return String(decoding: bytes.dropFirst(), as: UTF8.self)
        case .uuid where bytes.count == 16:
            return uuidText(bytes)
        default:
            // An enumeration's or a domain-like type's number is not known, but its text has no
            // NUL, which the binary formats of vectors all have.
            guard field.type.rawValue >= TypeOID.firstUserDefined, !bytes.contains(0),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .wrongType(field, expected: "text") }
            return text
        }
    }
}

private func uuidText(_ bytes: UnsafeRawBufferPointer) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
        if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// A byte alone is a small integer; an array of them is `bytea`.
extension UInt8: PostgresValue {
    /// `smallint`.
    public static var valueType: TypeOID { .int2 }
    /// `bytea`: an array of bytes is one value.
    public static var arrayType: TypeOID { .bytea }

    /// Appends the number as `smallint`.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(Int16(self))
        return true
    }

    /// Reads an integer of 0 to 255.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> UInt8 {
        guard let field else { throw PostgresError.null() }
        guard let value = UInt8(exactly: try Int64.decode(field)) else {
            throw .wrongType(field, expected: "within 0 to 255")
        }
        return value
    }

    /// Appends the bytes as they are.
    ///
    /// - Parameters:
    ///   - values: The bytes.
    ///   - buffer: Where to append.
    public static func encodeArray(_ values: [UInt8], into buffer: inout [UInt8]) {
        buffer.append(contentsOf: values)
    }

    /// Takes the bytes of any type as they are, without the version byte of `jsonb`.
    ///
    /// - Parameter field: The field.
    /// - Returns: The bytes.
    public static func decodeArray(_ field: Field) -> [UInt8] {
        field.type == .jsonb ? Array(field.bytes.dropFirst()) : Array(field.bytes)
    }
}
