import Postgres

extension AccountStore {
    /// How often the use of a key is written down.
    private static let useNoteSeconds = 60.0

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - user: The number of the user whom it works for, who must be a member.
    ///   - publicID: Its id outside.
    ///   - name: What its user calls it.
    ///   - prefix: How its text begins.
    ///   - scopes: What it may be used for.
    ///   - hash: The hash of its text.
    ///   - seconds: For how long it is good; nil for ever.
    ///   - limit: How many a member may have in a workspace.
    /// - Returns: The key, or nil when there are as many as allowed.
    /// - Throws: What the database said.
    public func createKey(
        workspace: Int, user: Int, publicID: String, name: String, prefix: String,
        scopes: [String], hash: [UInt8], seconds: Int?, limit: Int
    ) throws -> APIKeyRecord? {
        try connection.inScope(.system) {
            // The member's row keeps two that come at once from going beyond the limit.
            try connection.query(
                """
                SELECT FROM memberships WHERE workspace_id = \(workspace) AND user_id = \(user)
                FOR UPDATE
                """)
            let made = try connection.execute(
                """
                INSERT INTO api_keys (workspace_id, user_id, public_id, name, prefix, scopes, hash,
                    expires_at)
                SELECT \(workspace), \(user), \(publicID), \(name), \(prefix), \(scopes), \(hash),
                    now() + make_interval(secs => \(SQL.bound(seconds.map(Double.init)))::float8)
                WHERE (SELECT count(*) FROM api_keys WHERE workspace_id = \(workspace)
                    AND user_id = \(user) AND revoked_at IS NULL) < \(limit)
                """)
            guard made == 1 else { return nil }
            return try keys(where: "k.public_id = \(publicID)").first
        }
    }

    /// Returns the keys of a workspace that are not revoked, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - user: The number of the user whose keys are meant; nil for all.
    /// - Returns: The keys, expired ones included.
    /// - Throws: What the database said.
    public func keys(workspace: Int, user: Int?) throws -> [APIKeyRecord] {
        try keys(
            where: """
                k.workspace_id = \(workspace) AND k.user_id = coalesce(\(SQL.bound(user)), k.user_id)
                AND k.revoked_at IS NULL ORDER BY k.id DESC
                """)
    }

    /// Revokes a key.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - workspace: The workspace's number.
    ///   - user: The number of the user whose key it must be; nil for any.
    /// - Returns: Whether there was such a key.
    /// - Throws: What the database said.
    public func revokeKey(_ publicID: String, workspace: Int, user: Int?) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE api_keys SET revoked_at = now()
                WHERE workspace_id = \(workspace) AND public_id = \(publicID)
                    AND revoked_at IS NULL AND user_id = coalesce(\(SQL.bound(user)), user_id)
                """) == 1
        }
    }

    /// Finds a key that is good, and whom it works for, and notes that it was used.
    ///
    /// A key whose user is disabled or no member any more, or whose workspace is being deleted, is
    /// not good. The note is written once a minute at most.
    ///
    /// - Parameter hash: The hash of its text.
    /// - Returns: The key and its user, or nil.
    /// - Throws: What the database said.
    public func useKey(hash: [UInt8]) throws -> (key: APIKeyRecord, user: UserRecord)? {
        try connection.inScope(.system) {
            let rows = try connection.query(
                """
                SELECT \(Self.userColumns), \(Self.keyColumns),
                    k.last_used_at > now() - make_interval(secs => \(Self.useNoteSeconds))
                FROM api_keys k JOIN users u ON u.id = k.user_id
                    JOIN workspaces w ON w.id = k.workspace_id
                    JOIN memberships m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
                WHERE k.hash = \(hash) AND k.revoked_at IS NULL
                    AND (k.expires_at IS NULL OR k.expires_at > now())
                    AND u.disabled_at IS NULL AND w.deleted_at IS NULL
                """)
            guard let row = rows.first else { return nil }
            let isNoted = try row.decode(16, as: Bool?.self) ?? false
            if !isNoted {
                try connection.execute(
                    """
                    UPDATE api_keys SET last_used_at = now() WHERE hash = \(hash)
                        AND (last_used_at IS NULL
                            OR last_used_at <= now() - make_interval(secs => \(Self.useNoteSeconds)))
                    """)
            }
            return (try Self.key(row, from: 7), try Self.user(row))
        }
    }

    private static let keyColumns: SQL = """
        k.workspace_id, k.public_id, k.name, k.prefix, k.scopes, u.public_id, k.created_at,
        k.expires_at, k.last_used_at
        """

    private static func key(_ row: Row, from first: Int) throws -> APIKeyRecord {
        APIKeyRecord(
            workspace: try row.int(first), publicID: try row.string(first + 1),
            name: try row.string(first + 2), prefix: try row.string(first + 3),
            scopes: try row.decode(first + 4, as: [String].self),
            userPublicID: try row.string(first + 5), createdAt: try row.timestamp(first + 6),
            expiresAt: try row.optionalTimestamp(first + 7),
            lastUsedAt: try row.optionalTimestamp(first + 8))
    }

    private func keys(where condition: SQL) throws -> [APIKeyRecord] {
        try connection.inScope(.system) {
            try connection.query(
                "SELECT \(Self.keyColumns) FROM api_keys k JOIN users u ON u.id = k.user_id WHERE "
                    + condition
            ).map { try Self.key($0, from: 0) }
        }
    }
}
