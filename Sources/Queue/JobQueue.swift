public import Postgres

/// The jobs in the database, over one connection.
///
/// Every method is one statement and one round trip unless it says otherwise, and takes part in the
/// caller's transaction where one is open. Not Sendable: it belongs to the thread that its
/// connection belongs to.
public final class JobQueue {
    /// The channel on which a worker hears that jobs were added.
    public static let channel = "gitdex_jobs"
    /// The most requests of one ``enqueue(_:)``.
    public static let batchLimit = 10_000
    /// How often a statement is tried that lost against another one for the same key.
    private static let conflictAttempts = 5

    /// The connection that every statement runs on.
    public let connection: Connection
    /// The workspace whose job was taken last; the next turn is another's.
    var lastWorkspace = 0

    /// Opens the queue; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// The connection as it looks from within a workspace, or from within the service.
    func scoped(to workspace: Int) -> ScopedConnection {
        connection.scoped(.workspace(workspace), orWithin: .system)
    }

    /// The connection as it looks over all workspaces.
    var system: ScopedConnection { connection.scoped(.system) }

    /// Tells the workers that jobs were added, when the transaction commits.
    static let notification: SQL = "SELECT pg_notify('gitdex_jobs', '')"

    /// Runs a statement that need not survive a crash of the server, without waiting for its disk.
    ///
    /// What a crash takes back is the knowledge that a job was taken, renewed or ended; the job is
    /// then run again. The plan must use the indexes also where it was made while the table was
    /// small. Inside the caller's transaction it is a statement like any other, as durable as that.
    func queryUnflushed(_ sql: SQL, on scoped: ScopedConnection) throws(PostgresError) -> Rows {
        guard connection.transactionStatus == .idle else { return try scoped.query(sql) }
        return try scoped.pipeline([Self.unflushed, sql])[1]
    }

    private static let unflushed: SQL = """
        SELECT set_config('synchronous_commit', 'off', true),
            set_config('enable_seqscan', 'off', true)
        """

    /// Runs statements again when another transaction added a job for the same key meanwhile.
    ///
    /// Whether a job waits is looked up first and enforced by an index after; in between another
    /// one can come, and the second look then sees it.
    func retryingConflicts<R>(_ body: () throws -> R) throws -> R {
        for _ in 1..<Self.conflictAttempts {
            do {
                guard connection.transactionStatus == .inTransaction else { return try body() }
                // A savepoint keeps the caller's transaction alive.
                return try connection.transaction { try body() }
            } catch let error as PostgresError where error.code == .uniqueViolation {
                continue
            }
        }
        return try body()
    }
}
