import Postgres

/// The PostgreSQL types that batches of rows are made of.
enum ColumnType {
    case int64, int32, bytes, text, wordVector, halfVector

    /// The numbers by which the server knows the type and its array.
    func types(on connection: Connection) throws -> (element: TypeOID, array: TypeOID) {
        switch self {
        case .int64: (.int8, .int8Array)
        case .int32: (.int4, .int4Array)
        case .bytes: (.bytea, .byteaArray)
        case .text: (.text, .textArray)
        case .wordVector: (.tsvector, .tsvectorArray)
        case .halfVector:
            (
                try connection.typeOID(named: "halfvec"),
                try connection.typeOID(named: "halfvec[]")
            )
        }
    }
}
