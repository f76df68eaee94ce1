import Postgres

extension RemoteStore {
    /// Returns the repositories whose issues and the like were not read for a while, the longest
    /// first.
    ///
    /// Only those that were read before: the first time is asked for by whoever connects them.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - seconds: After how long it is due.
    /// - Returns: The workspaces' and repositories' numbers, and the addresses.
    /// - Throws: What the database said.
    public func dueForSynchronisation(
        limit: Int, olderThan seconds: Int
    ) throws -> [(workspace: Int, repository: Int, url: String)] {
        try connection.inScope(.system) {
            try connection.query(
                """
                SELECT workspace_id, id, url FROM repositories
                WHERE provider = 'github'
                    AND synchronised_at < now() - make_interval(secs => \(Double(seconds)))
                ORDER BY synchronised_at LIMIT \(limit)
                """
            ).map { (try $0.int(0), try $0.int(1), try $0.string(2)) }
        }
    }

    /// Writes down that a repository's issues and the like are read, and are to be read again after a
    /// while; or that they are not.
    ///
    /// - Parameters:
    ///   - isWanted: Whether they are to be read again.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: What the database said.
    public func setSynchronised(_ isWanted: Bool, workspace: Int, id: Int) throws {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE repositories SET synchronised_at = CASE WHEN \(isWanted) THEN now() END
                WHERE workspace_id = \(workspace) AND id = \(id)
                """)
        }
    }

    /// Tells whether a repository's issues and the like are read again and again.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Returns: Whether they are.
    /// - Throws: What the database said.
    public func isSynchronised(workspace: Int, id: Int) throws -> Bool {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT synchronised_at IS NOT NULL FROM repositories
                WHERE workspace_id = \(workspace) AND id = \(id)
                """
            ).first?.bool(0) ?? false
        }
    }

    // MARK: Webhooks

    /// Returns the number of the webhook that was made for a repository, or nil.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Returns: The webhook's number at the provider.
    /// - Throws: What the database said.
    public func hook(workspace: Int, id: Int) throws -> Int? {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT hook_id FROM repositories
                WHERE workspace_id = \(workspace) AND id = \(id)
                """
            ).first?.optionalInt(0)
        }
    }

    /// Writes down which webhook was made for a repository.
    ///
    /// - Parameters:
    ///   - hook: The webhook's number at the provider; nil for none.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func setHook(_ hook: Int?, workspace: Int, id: Int) throws {
        let count = try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE repositories SET hook_id = \(SQL.bound(hook))
                WHERE workspace_id = \(workspace) AND id = \(id) AND provider <> 'local'
                """)
        }
        if count == 0 { throw StorageError.noSuchRepository }
    }
}
