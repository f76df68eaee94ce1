extension FixedWidthInteger {
    /// Reads any integer type that fits.
    fileprivate static func decodeInteger(_ field: Field?) throws(PostgresError) -> Self {
        guard let field else { throw PostgresError.null() }
        let wide: Int64
        switch (field.type, field.bytes.count) {
        case (.int8, 8): wide = field.bytes.bigEndian()
        case (.int4, 4): wide = Int64(field.bytes.bigEndian(as: Int32.self))
        case (.int2, 2): wide = Int64(field.bytes.bigEndian(as: Int16.self))
        case (.oid, 4): wide = Int64(field.bytes.bigEndian(as: UInt32.self))
        default: throw .wrongType(field, expected: "an integer")
        }
        guard let value = Self(exactly: wide) else {
            throw .wrongType(field, expected: "within the range of \(Self.self)")
        }
        return value
    }
}

extension Int: PostgresValue {
    /// `bigint`.
    public static var valueType: TypeOID { .int8 }
    /// `bigint[]`.
    public static var arrayType: TypeOID { .int8Array }

    /// Appends eight bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(Int64(self))
        return true
    }

    /// Reads any integer type.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Int {
        try decodeInteger(field)
    }
}

extension Int64: PostgresValue {
    /// `bigint`.
    public static var valueType: TypeOID { .int8 }
    /// `bigint[]`.
    public static var arrayType: TypeOID { .int8Array }

    /// Appends eight bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(self)
        return true
    }

    /// Reads any integer type.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Int64 {
        try decodeInteger(field)
    }
}

extension Int32: PostgresValue {
    /// `integer`.
    public static var valueType: TypeOID { .int4 }
    /// `integer[]`.
    public static var arrayType: TypeOID { .int4Array }

    /// Appends four bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(self)
        return true
    }

    /// Reads any integer that fits in 32 bits.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Int32 {
        try decodeInteger(field)
    }
}

extension Int16: PostgresValue {
    /// `smallint`.
    public static var valueType: TypeOID { .int2 }
    /// `smallint[]`.
    public static var arrayType: TypeOID { .int2Array }

    /// Appends two bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(self)
        return true
    }

    /// Reads any integer that fits in 16 bits.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Int16 {
        try decodeInteger(field)
    }
}

extension Double: PostgresValue {
    /// `double precision`.
    public static var valueType: TypeOID { .float8 }
    /// `double precision[]`.
    public static var arrayType: TypeOID { .float8Array }

    /// Appends eight bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(bitPattern)
        return true
    }

    /// Reads `double precision`, `real` or an integer.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Double {
        guard let field else { throw PostgresError.null() }
        switch (field.type, field.bytes.count) {
        case (.float8, 8): return Double(bitPattern: field.bytes.bigEndian())
        case (.float4, 4): return Double(Float(bitPattern: field.bytes.bigEndian()))
        case (.int8, _), (.int4, _), (.int2, _): return Double(try Int64.decode(field))
        default: throw .wrongType(field, expected: "a number (numeric needs ::float8)")
        }
    }
}

extension Float: PostgresValue {
    /// `real`.
    public static var valueType: TypeOID { .float4 }
    /// `real[]`.
    public static var arrayType: TypeOID { .float4Array }

    /// Appends four bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(bitPattern)
        return true
    }

    /// Reads `real`.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The number.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Float {
        guard let field else { throw PostgresError.null() }
        guard field.type == .float4, field.bytes.count == 4 else {
            throw .wrongType(field, expected: "real")
        }
        return Float(bitPattern: field.bytes.bigEndian())
    }
}

extension Bool: PostgresValue {
    /// `boolean`.
    public static var valueType: TypeOID { .bool }
    /// `boolean[]`.
    public static var arrayType: TypeOID { .boolArray }

    /// Appends one byte.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.append(self ? 1 : 0)
        return true
    }

    /// Reads `boolean`.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The truth value.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Bool {
        guard let field else { throw PostgresError.null() }
        guard field.type == .bool, field.bytes.count == 1 else {
            throw .wrongType(field, expected: "boolean")
        }
        return field.bytes[0] != 0
    }
}
