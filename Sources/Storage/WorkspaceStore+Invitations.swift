import Postgres

extension WorkspaceStore {
    /// Makes an invitation, in the place of an earlier one to the same address.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - publicID: Its id outside.
    ///   - email: Who is invited, normalised.
    ///   - role: What the new member may do.
    ///   - hash: The hash of its token.
    ///   - seconds: For how long it is good.
    ///   - limit: How many may be pending in a workspace.
    /// - Returns: The invitation, or nil when there are as many as allowed.
    /// - Throws: What the database said.
    public func invite(
        workspace: Int, publicID: String, email: String, role: String, hash: [UInt8],
        seconds: Int, limit: Int
    ) throws -> InvitationRecord? {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE invitations SET ended_at = now()
                WHERE workspace_id = \(workspace) AND email = \(email) AND ended_at IS NULL
                """)
            let made = try connection.execute(
                """
                INSERT INTO invitations (workspace_id, public_id, email, role, hash, expires_at)
                SELECT \(workspace), \(publicID), \(email), \(role), \(hash),
                    now() + make_interval(secs => \(Double(seconds)))
                WHERE (SELECT count(*) FROM invitations WHERE workspace_id = \(workspace)
                    AND ended_at IS NULL AND expires_at > now()) < \(limit)
                """)
            return made == 1 ? try invitations(where: "i.public_id = \(publicID)").first : nil
        }
    }

    /// Returns the invitations of a workspace that can be accepted, the newest first.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: The invitations.
    /// - Throws: What the database said.
    public func invitations(workspace: Int) throws -> [InvitationRecord] {
        try invitations(
            where: """
                i.workspace_id = \(workspace) AND i.ended_at IS NULL AND i.expires_at > now()
                ORDER BY i.id DESC
                """)
    }

    /// Finds an invitation that can be accepted, and locks it until the end of the transaction.
    ///
    /// - Parameter hash: The hash of its token.
    /// - Returns: The invitation, or nil.
    /// - Throws: What the database said.
    public func lockInvitation(hash: [UInt8]) throws -> InvitationRecord? {
        try invitations(
            where: """
                i.hash = \(hash) AND i.ended_at IS NULL AND i.expires_at > now()
                FOR UPDATE OF i
                """
        ).first
    }

    /// Ends an invitation: it was accepted or taken back.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - workspace: The workspace's number.
    /// - Returns: Whether it was pending.
    /// - Throws: What the database said.
    public func endInvitation(_ publicID: String, workspace: Int) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE invitations SET ended_at = now() WHERE workspace_id = \(workspace)
                    AND public_id = \(publicID) AND ended_at IS NULL
                """) == 1
        }
    }

    private func invitations(where condition: SQL) throws -> [InvitationRecord] {
        try connection.inScope(.system) {
            try connection.query(
                """
                SELECT i.workspace_id, i.public_id, i.email, i.role, i.created_at, i.expires_at
                FROM invitations i JOIN workspaces w ON w.id = i.workspace_id
                WHERE w.deleted_at IS NULL AND 
                """ + condition
            ).map { row in
                InvitationRecord(
                    workspace: try row.int(0), publicID: try row.string(1),
                    email: try row.string(2), role: try row.string(3),
                    createdAt: try row.timestamp(4), expiresAt: try row.timestamp(5))
            }
        }
    }
}
