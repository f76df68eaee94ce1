import Postgres

extension RemoteStore {
    /// Writes down the state of a pull request, unless something newer is known.
    ///
    /// Of two states of one moment, closed wins: the provider's clock counts whole seconds.
    ///
    /// - Parameters:
    ///   - record: The state.
    ///   - workspace: The workspace's number.
    ///   - repository: The repository's number.
    /// - Returns: Whether it was written; false when something newer is known or the repository is
    ///   gone.
    /// - Throws: What the database said.
    @discardableResult
    public func record(
        _ record: PullRequestRecord, workspace: Int, repository: Int
    ) throws -> Bool {
        let state = record.isOpen ? "open" : "closed"
        return try scoped(to: workspace).execute(
            """
            INSERT INTO pull_requests AS p (workspace_id, repository_id, number, state, updated_at)
            SELECT workspace_id, id, \(record.number)::integer, \(state), \(record.updatedAt)
                FROM repositories WHERE workspace_id = \(workspace) AND id = \(repository)
            ON CONFLICT (workspace_id, repository_id, number) DO UPDATE
                SET state = excluded.state, updated_at = excluded.updated_at
                WHERE p.updated_at < excluded.updated_at
                    OR p.updated_at = excluded.updated_at AND excluded.state = 'closed'
            """) > 0
    }

    /// Returns what is known of a pull request.
    ///
    /// - Parameters:
    ///   - number: Its number.
    ///   - workspace: The workspace's number.
    ///   - repository: The repository's number.
    /// - Returns: What is known, or nil when nothing is.
    /// - Throws: What the database said.
    public func pullRequest(
        _ number: Int, workspace: Int, repository: Int
    ) throws -> PullRequestRecord? {
        try pullRequests(workspace, repository, where: "number = \(number)").first
    }

    /// Returns the open pull requests of a repository.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - repository: The repository's number.
    /// - Returns: The pull requests, by number.
    /// - Throws: What the database said.
    public func openPullRequests(
        workspace: Int, repository: Int
    ) throws -> [PullRequestRecord] {
        try pullRequests(workspace, repository, where: "state = 'open'")
    }

    /// Whether a ref is one that the index follows when the remote has it.
    ///
    /// - Parameters:
    ///   - ref: The ref's full name.
    ///   - workspace: The workspace's number.
    ///   - repository: The repository's number.
    /// - Returns: True for branches and tags, and for the head of a pull request that is open.
    /// - Throws: What the database said.
    public func isFollowed(ref: String, workspace: Int, repository: Int) throws -> Bool {
        if let number = PullRequestRecord.number(ofRef: ref) {
            let known = try pullRequest(number, workspace: workspace, repository: repository)
            return known?.isOpen == true
        }
        return ref.hasPrefix("refs/heads/") || ref.hasPrefix("refs/tags/")
    }

    private func pullRequests(
        _ workspace: Int, _ repository: Int, where condition: SQL
    ) throws -> [PullRequestRecord] {
        try scoped(to: workspace).query(
            """
            SELECT number, state = 'open', updated_at FROM pull_requests
            WHERE workspace_id = \(workspace) AND repository_id = \(repository) AND \(condition)
            ORDER BY number
            """
        ).map {
            PullRequestRecord(
                number: try $0.int(0), isOpen: try $0.bool(1), updatedAt: try $0.timestamp(2))
        }
    }
}
