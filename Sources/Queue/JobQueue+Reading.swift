internal import Postgres

extension JobQueue {
    /// The most jobs of one ``list(workspace:state:kind:before:limit:)``.
    public static let listLimit = 1_000

    /// Returns a job.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The job's number.
    /// - Returns: The job; nil when the workspace has none of that number.
    /// - Throws: What the database said.
    public func job(workspace: Int, id: Int) throws -> Job? {
        try scoped(to: workspace).query(
            """
            SELECT \(JobRow.columns) FROM jobs WHERE workspace_id = \(workspace) AND id = \(id)
            """
        ).first.map(JobRow.job)
    }

    /// Returns jobs, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number; nil for all.
    ///   - state: Only jobs in this state.
    ///   - kind: Only jobs of this kind.
    ///   - before: Only jobs asked for before the one of this number: the last of the page before.
    ///   - limit: How many, at most ``listLimit``.
    /// - Returns: The jobs.
    /// - Throws: What the database said.
    public func list(
        workspace: Int? = nil, state: JobState? = nil, kind: String? = nil, before: Int? = nil,
        limit: Int = 100
    ) throws -> [Job] {
        let limit = min(max(limit, 1), Self.listLimit)
        var conditions: SQL = ""
        if let before { conditions += "AND jobs.id < \(before) " }
        if let kind { conditions += "AND jobs.kind = \(kind) " }
        // In the text, since a partial index is of use only where the state is known beforehand.
        if let state { conditions += "AND jobs.state = '\(unsafe: state.rawValue)' " }
        let which: SQL = workspace.map { "WHERE workspaces.id = \($0)" } ?? ""
        let session = workspace.map(scoped(to:)) ?? system
        return try session.query(
            """
            SELECT jobs.* FROM workspaces CROSS JOIN LATERAL (
                SELECT \(JobRow.columns) FROM jobs
                WHERE jobs.workspace_id = workspaces.id \(conditions)
                ORDER BY jobs.id DESC LIMIT \(limit)
            ) jobs \(which)
            ORDER BY jobs.id DESC LIMIT \(limit)
            """
        ).map(JobRow.job)
    }

    /// Counts the jobs that wait, run or have failed.
    ///
    /// Jobs that ended well are not counted: their number grows without end, and a runner's metrics
    /// have it.
    ///
    /// - Returns: The counts, none of them 0.
    /// - Throws: What the database said.
    public func counts() throws -> [JobCount] {
        let rows = try system.query(
            """
            SELECT kind, state, count(*),
                extract(epoch FROM statement_timestamp() - min(since))::float8
            FROM (
                SELECT kind, 'waiting' AS state, first_requested_at AS since FROM jobs
                WHERE state = 'waiting'
                UNION ALL
                SELECT kind, 'running', started_at FROM jobs WHERE state = 'running'
                UNION ALL
                SELECT kind, 'failed', finished_at FROM jobs WHERE state = 'failed'
            ) living
            GROUP BY kind, state ORDER BY kind, state
            """)
        return try rows.compactMap { row in
            guard let state = JobState(rawValue: try row.string(1)) else { return nil }
            return JobCount(
                kind: try row.string(0), state: state, count: try row.int(2),
                oldestSeconds: try row.double(3))
        }
    }
}
