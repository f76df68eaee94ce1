/// A connection as it looks from within one scope: whatever is run through it sees the scope's rows.
///
/// Stores keep one instead of the bare connection, so that no statement of theirs can be without.
public struct ScopedConnection {
    /// The session.
    public let connection: Connection
    /// Whose rows are seen.
    public let scope: TransactionScope

    init(_ connection: Connection, _ scope: TransactionScope) {
        self.connection = connection
        self.scope = scope
    }

    /// Runs a statement and returns its rows; see ``Connection/query(_:)``.
    ///
    /// - Parameter sql: The statement; one only.
    /// - Returns: The rows.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func query(_ sql: SQL) throws(PostgresError) -> Rows {
        try connection.within(scope) { () throws(PostgresError) in try connection.query(sql) }
    }

    /// Runs a statement for its effect; see ``Connection/execute(_:)``.
    ///
    /// - Parameter sql: The statement; one only.
    /// - Returns: How many rows it changed.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func execute(_ sql: SQL) throws(PostgresError) -> Int {
        try connection.within(scope) { () throws(PostgresError) in try connection.execute(sql) }
    }

    /// Runs several statements in one round trip; see ``Connection/pipeline(_:)``.
    ///
    /// - Parameter statements: The statements.
    /// - Returns: The rows of each, in the same order.
    /// - Throws: ``PostgresError`` of the first that fails.
    @discardableResult
    public func pipeline(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        try connection.within(scope) { () throws(PostgresError) in
            try connection.pipeline(statements)
        }
    }

    /// Runs several statements in one text; see ``Connection/script(_:)``.
    ///
    /// - Parameter text: The statements. Never pass what came from outside.
    /// - Throws: ``PostgresError`` of the first that fails.
    public func script(_ text: String) throws(PostgresError) {
        try connection.within(scope) { () throws(PostgresError) in try connection.script(text) }
    }

    /// Hands out a query's rows one at a time; see ``Connection/forEachRow(_:_:)``.
    ///
    /// - Parameters:
    ///   - sql: The query.
    ///   - body: Gets each row.
    /// - Throws: What `body` throws, or ``PostgresError``.
    public func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try connection.inScope(scope) { try connection.forEachRow(sql, body) }
    }

    /// Runs a closure in a transaction; see ``Connection/transaction(_:isReadOnly:attempts:_:)``.
    ///
    /// - Parameters:
    ///   - isolation: How much of other transactions' work is seen.
    ///   - isReadOnly: Whether writing is refused.
    ///   - attempts: How often `body` may run.
    ///   - body: What to do; all of it has the scope, unless it names another.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or ``PostgresError``.
    @discardableResult
    public func transaction<R>(
        _ isolation: Isolation = .readCommitted, isReadOnly: Bool = false, attempts: Int = 1,
        _ body: () throws -> R
    ) throws -> R {
        try connection.inScope(scope) {
            try connection.transaction(
                isolation, isReadOnly: isReadOnly, attempts: attempts, body)
        }
    }
}
