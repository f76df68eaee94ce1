/// One row of a result; columns count from 0.
public struct Row: Sendable {
    let result: ResultSet
    let row: Int

    /// The number of columns.
    public var columnCount: Int { result.columnCount }

    /// Reads a column as any type that can be read.
    ///
    /// - Parameters:
    ///   - column: The column's index from 0.
    ///   - type: What to read it as, for example `[Int64].self` or `String?.self`.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func decode<T: PostgresDecodable>(
        _ column: Int, as type: T.Type = T.self
    ) throws(PostgresError) -> T {
        try T.decode(try field(column))
    }

    /// Finds a column by its name.
    ///
    /// - Parameter name: The name.
    /// - Returns: The first column of that name.
    /// - Throws: ``PostgresError`` with code `noSuchColumn`.
    public func column(named name: String) throws(PostgresError) -> Int {
        for column in 0..<result.columnCount where result.columnName(column) == name {
            return column
        }
        throw PostgresError(.noSuchColumn, message: "the result has no column '\(name)'")
    }

    /// Whether a column is NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: True for NULL.
    /// - Throws: ``PostgresError`` with code `noSuchColumn`.
    public func isNull(_ column: Int) throws(PostgresError) -> Bool {
        try field(column) == nil
    }

    /// Lends a column's bytes as the server sent them, without a copy.
    ///
    /// - Parameters:
    ///   - column: The column's index from 0.
    ///   - body: Gets the bytes, valid only during the call.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or ``PostgresError`` with code `unexpectedNull` or
    ///   `noSuchColumn`.
    public func withBytes<R>(
        _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        guard let field = try field(column) else { throw PostgresError.null() }
        return try body(field.bytes)
    }

    private func field(_ column: Int) throws(PostgresError) -> Field? {
        guard column >= 0 && column < result.columnCount else {
            throw PostgresError(
                .noSuchColumn,
                message: "column \(column) was read of a result with \(result.columnCount)")
        }
        return result.field(row: row, column: column)
    }
}
