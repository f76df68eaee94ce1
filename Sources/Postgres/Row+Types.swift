// One method for each type, so that a reader sees at the call what the column holds.
extension Row {
    /// Reads any integer type.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func int(_ column: Int) throws(PostgresError) -> Int {
        try decode(column)
    }

    /// Reads any integer type, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalInt(_ column: Int) throws(PostgresError) -> Int? {
        try decode(column)
    }

    /// Reads an integer that fits in 32 bits.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func int32(_ column: Int) throws(PostgresError) -> Int32 {
        try decode(column)
    }

    /// Reads an integer that fits in 32 bits, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalInt32(_ column: Int) throws(PostgresError) -> Int32? {
        try decode(column)
    }

    /// Reads any integer type.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try decode(column)
    }

    /// Reads any integer type, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalInt64(_ column: Int) throws(PostgresError) -> Int64? {
        try decode(column)
    }

    /// Reads a floating-point number or an integer.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func double(_ column: Int) throws(PostgresError) -> Double {
        try decode(column)
    }

    /// Reads a floating-point number or an integer, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalDouble(_ column: Int) throws(PostgresError) -> Double? {
        try decode(column)
    }

    /// Reads `boolean`.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func bool(_ column: Int) throws(PostgresError) -> Bool {
        try decode(column)
    }

    /// Reads `boolean`, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalBool(_ column: Int) throws(PostgresError) -> Bool? {
        try decode(column)
    }

    /// Reads text, a name, JSON, a UUID or an enumeration's label.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func string(_ column: Int) throws(PostgresError) -> String {
        try decode(column)
    }

    /// Reads text, a name, JSON, a UUID or an enumeration's label, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalString(_ column: Int) throws(PostgresError) -> String? {
        try decode(column)
    }

    /// Reads the bytes of any type as the server sent them.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try decode(column)
    }

    /// Reads the bytes of any type as the server sent them, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalBytes(_ column: Int) throws(PostgresError) -> [UInt8]? {
        try decode(column)
    }

    /// Reads `timestamp with time zone`.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value.
    /// - Throws: ``PostgresError`` with code `wrongType`, `unexpectedNull` or `noSuchColumn`.
    public func timestamp(_ column: Int) throws(PostgresError) -> Timestamp {
        try decode(column)
    }

    /// Reads `timestamp with time zone`, or NULL.
    ///
    /// - Parameter column: The column's index from 0.
    /// - Returns: The value, nil for NULL.
    /// - Throws: ``PostgresError`` with code `wrongType` or `noSuchColumn`.
    public func optionalTimestamp(_ column: Int) throws(PostgresError) -> Timestamp? {
        try decode(column)
    }
}
