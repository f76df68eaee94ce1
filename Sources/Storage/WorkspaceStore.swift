public import Postgres

/// The workspaces with their members and invitations, over one connection.
///
/// A workspace that is being deleted is found by nothing here but ``beingDeleted()`` and what erases
/// it. Not Sendable: it belongs to the thread that its connection belongs to.
public struct WorkspaceStore {
    /// The public id of the workspace of a machine without accounts.
    public static let localPublicID = "local"

    /// The connection that every statement runs on.
    public let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    // MARK: Workspaces

    /// Makes a workspace with its owner.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - name: Its name.
    ///   - owner: The number of the user who owns it; nil for none yet.
    ///   - limit: How many workspaces a user may own.
    /// - Returns: The workspace, or nil when the user owns as many as allowed.
    /// - Throws: What the database said.
    public func create(
        publicID: String, name: String, owner: Int?, limit: Int
    ) throws -> WorkspaceRecord? {
        try connection.inScope(.system) {
            if let owner {
                // The user's row keeps two that come at once from going beyond the limit.
                try connection.query("SELECT FROM users WHERE id = \(owner) FOR UPDATE")
                let owned = try connection.query(
                    """
                    SELECT count(*) FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
                    WHERE m.user_id = \(owner) AND m.role = 'owner' AND w.deleted_at IS NULL
                    """
                ).only().int(0)
                guard owned < limit else { return nil }
            }
            let made = try connection.query(
                """
                INSERT INTO workspaces AS w (public_id, name) VALUES (\(publicID), \(name))
                RETURNING \(Self.columns), NULL
                """
            ).only()
            var record = try Self.workspace(made)
            if let owner {
                try connection.execute(
                    """
                    INSERT INTO memberships (workspace_id, user_id, role)
                    VALUES (\(record.id), \(owner), 'owner')
                    """)
                record.role = "owner"
            }
            return record
        }
    }

    /// Returns the workspace of an id, or nil.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - user: The number of a user who must be a member; nil for any workspace.
    /// - Returns: The workspace, with the role of `user`, or nil.
    /// - Throws: What the database said.
    public func workspace(publicID: String, member user: Int? = nil) throws -> WorkspaceRecord? {
        try workspaces(member: user, where: "w.public_id = \(publicID)").first
    }

    /// Returns the workspaces of a user, by name.
    ///
    /// - Parameter user: The user's number; nil for all workspaces.
    /// - Returns: The workspaces, with the role of `user`.
    /// - Throws: What the database said.
    public func workspaces(member user: Int?) throws -> [WorkspaceRecord] {
        try workspaces(member: user, where: "true ORDER BY w.name, w.id")
    }

    /// Renames a workspace.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - name: Its new name.
    /// - Returns: Whether there is such a workspace.
    /// - Throws: What the database said.
    public func rename(_ id: Int, to name: String) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                "UPDATE workspaces SET name = \(name) WHERE id = \(id) AND deleted_at IS NULL") == 1
        }
    }

    /// Locks a workspace until the end of the transaction, so that its owners cannot change meanwhile.
    ///
    /// - Parameter id: Its number.
    /// - Returns: Whether there is such a workspace.
    /// - Throws: What the database said.
    public func lock(_ id: Int) throws -> Bool {
        try connection.inScope(.system) {
            // As rows that refer to it do not wait for: work in it goes on.
            try !connection.query(
                """
                SELECT FROM workspaces WHERE id = \(id) AND deleted_at IS NULL
                FOR NO KEY UPDATE
                """
            ).isEmpty
        }
    }

    private static let columns: SQL = "w.id, w.public_id, w.name, w.created_at"

    private static func workspace(_ row: Row) throws -> WorkspaceRecord {
        WorkspaceRecord(
            id: try row.int(0), publicID: try row.string(1), name: try row.string(2),
            createdAt: try row.timestamp(3), role: try row.optionalString(4))
    }

    private func workspaces(
        member user: Int?, where condition: SQL
    ) throws -> [WorkspaceRecord] {
        let source: SQL =
            if let user {
                """
                , m.role FROM workspaces w JOIN memberships m ON m.workspace_id = w.id
                    AND m.user_id = \(user)
                """
            } else {
                ", NULL FROM workspaces w"
            }
        return try connection.inScope(.system) {
            try connection.query(
                "SELECT \(Self.columns)" + source + " WHERE w.deleted_at IS NULL AND " + condition
            ).map(Self.workspace)
        }
    }
}
