public import Postgres

/// The index's tables, as one workspace sees them, over one connection.
///
/// Not Sendable: it belongs to the thread that its connection belongs to.
public final class IndexStore {
    /// The connection that every statement runs on.
    public let connection: Connection
    /// The workspace whose rows this store reads and writes.
    public let workspace: Int
    /// The session that holds the locks of a ref, while one is held.
    var lockingGeneration: Int?

    /// Opens the store of a workspace.
    ///
    /// Costs one round trip.
    ///
    /// - Parameters:
    ///   - connection: A connection to a database with the schema of this program.
    ///   - workspace: The workspace's public id.
    /// - Throws: ``StorageError`` when there is no such workspace, or what the database said.
    public init(connection: Connection, workspace: String = "local") throws {
        self.connection = connection
        let rows = try connection.scoped(.system).query(
            "SELECT id FROM workspaces WHERE public_id = \(workspace)")
        guard let row = rows.first else {
            throw StorageError(
                code: .notFound, message: "there is no workspace '\(workspace)'",
                remedy: "list the workspaces with 'gitdex workspace list'")
        }
        self.workspace = try row.int(0)
    }

    /// The connection as it looks from within the workspace; every statement about rows goes here.
    var scoped: ScopedConnection { connection.scoped(.workspace(workspace)) }

    /// How often a transaction is tried that lost against another one.
    private static let attempts = 5

    /// Runs `body` as one transaction: all of it, or nothing.
    ///
    /// - Parameter body: The statements; run again when the transaction lost against another one.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, after the transaction was rolled back.
    public func transaction<R>(_ body: () throws -> R) throws -> R {
        try scoped.transaction(attempts: Self.attempts) { try body() }
    }
}
