public import Postgres

/// What happened in the workspaces, in an order that no late commit can disturb.
///
/// The database's triggers write the events and notify ``channel`` with the workspace's number.
/// Not Sendable: it belongs to the thread that its connection belongs to.
public struct EventStore {
    /// The channel of notifications; the payload is the workspace's number.
    public static let channel = "gitdex_events"

    private let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// The connection as it looks from within a workspace, or from within the service.
    private func scoped(to workspace: Int) -> ScopedConnection {
        connection.scoped(.workspace(workspace), orWithin: .system)
    }

    /// Returns the events that follow one.
    ///
    /// Numbers become visible in their order, so that going on from the last event that was read
    /// never skips one.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - after: The last event that was read; nil for the first that is stored.
    ///   - limit: How many at most.
    /// - Returns: The events, oldest first.
    /// - Throws: What the database said.
    public func events(workspace: Int, after: Int?, limit: Int) throws -> [StoredEvent] {
        try scoped(to: workspace).query(
            """
            SELECT id, kind, payload::text, created_at FROM events
            WHERE workspace_id = \(workspace) AND id > \(after ?? 0) ORDER BY id LIMIT \(limit)
            """
        ).map {
            StoredEvent(
                id: try $0.int(0), kind: try $0.string(1), payload: try $0.string(2),
                createdAt: try $0.timestamp(3))
        }
    }

    /// Returns the last event, from which one can go on.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: Its number, or nil when there is none.
    /// - Throws: What the database said.
    public func last(workspace: Int) throws -> Int? {
        try scoped(to: workspace).query(
            "SELECT max(id) FROM events WHERE workspace_id = \(workspace)"
        ).only().optionalInt(0)
    }

    /// Drops the events of all workspaces that are older than a time.
    ///
    /// - Parameter seconds: The age.
    /// - Returns: How many were dropped.
    /// - Throws: What the database said.
    @discardableResult
    public func prune(olderThan seconds: Int) throws -> Int {
        try connection.scoped(.system).execute(
            """
            DELETE FROM events WHERE created_at < now() - make_interval(secs => \(Double(seconds)))
            """)
    }
}
