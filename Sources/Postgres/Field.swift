/// One value of a row as the server sent it, which is not NULL.
///
/// The bytes belong to the result: they are valid only inside the call that handed the field out.
public struct Field {
    /// The type that the server gave the column.
    public let type: TypeOID
    /// The value in the type's binary format.
    public let bytes: UnsafeRawBufferPointer
}

extension PostgresError {
    static func null() -> PostgresError {
        PostgresError(.unexpectedNull, message: "a column that is NULL was read as a value")
    }

    static func wrongType(_ field: Field, expected: String) -> PostgresError {
        PostgresError(
            .wrongType,
            message: "a column of type \(field.type) (\(field.bytes.count) bytes) is not "
                + expected,
            remedy: "cast it in the query")
    }
}
