/// A parameter already in a type's binary format, for types that have no Swift counterpart here,
/// such as `tsvector` and `halfvec`.
public struct RawParameter: PostgresParameter {
    /// The type that the parameter is sent as.
    public let parameterType: TypeOID
    /// The value; nil for NULL.
    public let bytes: [UInt8]?

    /// Makes a parameter from bytes.
    ///
    /// - Parameters:
    ///   - type: The type. With ``TypeOID/inferred`` the server takes the type of the place where
    ///     the parameter stands: a column of an INSERT, or a cast such as `::halfvec`.
    ///   - bytes: The value in the type's binary format; nil for NULL.
    public init(type: TypeOID = .inferred, bytes: [UInt8]?) {
        parameterType = type
        self.bytes = bytes
    }

    /// Makes an array of elements already in their type's binary format.
    ///
    /// - Parameters:
    ///   - elementType: The elements' type; see ``Connection/typeOID(named:)`` for `halfvec`.
    ///   - elements: The elements; nil for NULL.
    ///   - type: The array's own type; inferred by the server when left out.
    /// - Returns: The parameter.
    public static func array(
        of elementType: TypeOID, _ elements: [[UInt8]?], type: TypeOID = .inferred
    ) -> RawParameter {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + ($1?.count ?? 0) })
        BinaryArray.encode(elementType: elementType, count: elements.count, into: &bytes) {
            guard let element = elements[$0] else { return false }
            $1.append(contentsOf: element)
            return true
        }
        return RawParameter(type: type, bytes: bytes)
    }

    /// Appends the bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: False for NULL.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        guard let bytes else { return false }
        buffer.append(contentsOf: bytes)
        return true
    }
}
