/// A value that a statement can bind.
public protocol PostgresParameter: Sendable {
    /// The type that the parameter is sent as, or ``TypeOID/inferred``.
    var parameterType: TypeOID { get }

    /// Appends the value in the type's binary format.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: False for NULL, when nothing was appended.
    func encode(into buffer: inout [UInt8]) -> Bool
}

/// A value that a column can be read as.
public protocol PostgresDecodable {
    /// Reads a field.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    static func decode(_ field: Field?) throws(PostgresError) -> Self
}

/// A scalar that can be bound, read, and be the element of an array.
public protocol PostgresValue: PostgresParameter, PostgresDecodable {
    /// The type that a value is sent as.
    static var valueType: TypeOID { get }
    /// The type of an array of such values.
    static var arrayType: TypeOID { get }

    /// Appends an array; the default writes PostgreSQL's binary array.
    ///
    /// - Parameters:
    ///   - values: The elements.
    ///   - buffer: Where to append.
    static func encodeArray(_ values: [Self], into buffer: inout [UInt8])

    /// Reads an array; the default reads PostgreSQL's binary array of one dimension.
    ///
    /// - Parameter field: The field.
    /// - Returns: The elements.
    /// - Throws: ``PostgresError`` with code `wrongType`.
    static func decodeArray(_ field: Field) throws(PostgresError) -> [Self]
}

extension PostgresValue {
    /// The type of every value of this kind.
    public var parameterType: TypeOID { Self.valueType }

    /// Writes PostgreSQL's binary array of one dimension.
    ///
    /// - Parameters:
    ///   - values: The elements.
    ///   - buffer: Where to append.
    public static func encodeArray(_ values: [Self], into buffer: inout [UInt8]) {
        BinaryArray.encode(elementType: valueType, count: values.count, into: &buffer) {
            values[$0].encode(into: &$1)
        }
    }

    /// Reads PostgreSQL's binary array of one dimension.
    ///
    /// - Parameter field: The field.
    /// - Returns: The elements.
    /// - Throws: ``PostgresError`` with code `wrongType`.
    public static func decodeArray(_ field: Field) throws(PostgresError) -> [Self] {
        try BinaryArray.decode(field) { (element) throws(PostgresError) in try decode(element) }
    }
}

extension Optional: PostgresParameter where Wrapped: PostgresValue {
    /// The type of the wrapped value.
    public var parameterType: TypeOID { Wrapped.valueType }

    /// Appends the value, if there is one.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: False for nil.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        self?.encode(into: &buffer) ?? false
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresValue {
    /// Reads a field that may be NULL.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The value, or nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Wrapped? {
        guard let field else { return nil }
        return try Wrapped.decode(field)
    }
}

extension Optional: PostgresValue where Wrapped: PostgresValue {
    /// The type of the wrapped value.
    public static var valueType: TypeOID { Wrapped.valueType }
    /// The array type of the wrapped value.
    public static var arrayType: TypeOID { Wrapped.arrayType }
}

extension Array: PostgresParameter where Element: PostgresValue {
    /// The array type of the elements; `bytea` for bytes.
    public var parameterType: TypeOID { Element.arrayType }

    /// Appends the array.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true: an array is never NULL.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        Element.encodeArray(self, into: &buffer)
        return true
    }
}

extension Array: PostgresDecodable where Element: PostgresValue {
    /// Reads an array.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The elements.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> [Element] {
        guard let field else { throw PostgresError.null() }
        return try Element.decodeArray(field)
    }
}

extension Array: PostgresValue where Element == UInt8 {
    /// `bytea`.
    public static var valueType: TypeOID { .bytea }
    /// `bytea[]`.
    public static var arrayType: TypeOID { .byteaArray }
}
