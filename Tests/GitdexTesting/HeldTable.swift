internal import Postgres

/// Keeps everybody else from a table of a test's database until it is let go.
///
/// So a test can stop another process at a point of its choice, without any clock.
public final class HeldTable {
    private let connection: Connection
    private let observer: Connection

    /// Takes the table.
    ///
    /// - Parameters:
    ///   - name: The table's name.
    ///   - database: The database it lies in.
    ///   - mode: The lock that is taken; `SHARE` keeps only those away that write.
    /// - Throws: What the database said.
    public init(
        _ name: String, of database: TestDatabase, mode: String = "ACCESS EXCLUSIVE"
    ) throws {
        connection = try database.connect()
        observer = try database.connect()
        try connection.script("BEGIN; LOCK TABLE \(name) IN \(mode) MODE")
    }

    /// Whether another connection waits for a lock in the database.
    ///
    /// - Returns: Whether one waits.
    /// - Throws: What the database said.
    public func isAwaited() throws -> Bool {
        let rows = try observer.query(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE d.datname = current_database() AND NOT l.granted
            """)
        return try rows.contains { try $0.int(0) > 0 }
    }

    /// Lets the table go.
    ///
    /// - Throws: What the database said.
    public func release() throws {
        try connection.script("ROLLBACK")
    }
}
