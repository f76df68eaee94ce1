import Postgres

extension WorkspaceStore {
    /// Returns the members of a workspace, by address.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - user: The public id of the only member that is wanted; nil for all.
    /// - Returns: The members, with disabled ones.
    /// - Throws: What the database said.
    public func members(workspace: Int, user: String? = nil) throws -> [MemberRecord] {
        try connection.inScope(.system) {
            try connection.query(
                """
                SELECT u.id, u.public_id, u.email, u.disabled_at IS NOT NULL, m.role, m.created_at
                FROM memberships m JOIN users u ON u.id = m.user_id
                WHERE m.workspace_id = \(workspace)
                    AND u.public_id = coalesce(\(SQL.bound(user)), u.public_id)
                ORDER BY u.email
                """
            ).map { row in
                MemberRecord(
                    user: try row.int(0), publicID: try row.string(1), email: try row.string(2),
                    isDisabled: try row.bool(3), role: try row.string(4),
                    createdAt: try row.timestamp(5))
            }
        }
    }

    /// Makes a user a member.
    ///
    /// - Parameters:
    ///   - user: The user's number.
    ///   - workspace: The workspace's number.
    ///   - role: What the user may do.
    /// - Returns: Whether they were none before.
    /// - Throws: What the database said.
    public func addMember(_ user: Int, workspace: Int, role: String) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                INSERT INTO memberships (workspace_id, user_id, role)
                VALUES (\(workspace), \(user), \(role)) ON CONFLICT DO NOTHING
                """) == 1
        }
    }

    /// Gives a member another role.
    ///
    /// - Parameters:
    ///   - role: What the user may do from now on.
    ///   - user: The user's number.
    ///   - workspace: The workspace's number.
    /// - Throws: What the database said.
    public func setRole(_ role: String, of user: Int, workspace: Int) throws {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE memberships SET role = \(role)
                WHERE workspace_id = \(workspace) AND user_id = \(user)
                """)
        }
    }

    /// Ends a membership, with the member's keys.
    ///
    /// - Parameters:
    ///   - user: The user's number.
    ///   - workspace: The workspace's number.
    /// - Throws: What the database said.
    public func removeMember(_ user: Int, workspace: Int) throws {
        try connection.inScope(.system) {
            try connection.execute(
                """
                DELETE FROM memberships WHERE workspace_id = \(workspace) AND user_id = \(user)
                """)
        }
    }

    /// Counts the owners of a workspace whose account is open.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - user: The number of a user who is not counted.
    /// - Returns: How many there are.
    /// - Throws: What the database said.
    public func ownerCount(workspace: Int, without user: Int) throws -> Int {
        try connection.inScope(.system) {
            try connection.query(
                """
                SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id
                WHERE m.workspace_id = \(workspace) AND m.role = 'owner'
                    AND u.disabled_at IS NULL AND u.id <> \(user)
                """
            ).only().int(0)
        }
    }
}
