internal import Postgres

extension JobQueue {
    /// How many rows one statement of ``prune(olderThan:)`` looks at.
    private static let prunePage = 10_000

    /// Runs a job again, or sooner, with a fresh count of attempts.
    ///
    /// A job that ended waits again; where another for the same key waits already, that one is made
    /// due instead. A job that waits for its time is made due. A pause that holds the job ends, for
    /// all jobs of its scope: who asks for it now knows better. Four to six round trips.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The job's number.
    /// - Returns: The job that will run, which may be another.
    /// - Throws: ``QueueError`` with code `notFound`, or `wrongState` while it runs, or what the
    ///   database said.
    @discardableResult
    public func retry(workspace: Int, id: Int) throws -> Job {
        try retryingConflicts {
            try scoped(to: workspace).transaction {
                let rows = try connection.query(
                    """
                    SELECT \(JobRow.columns) FROM jobs
                    WHERE workspace_id = \(workspace) AND id = \(id) FOR UPDATE
                    """)
                guard let job = try rows.first.map(JobRow.job) else {
                    throw QueueError.notFound(id)
                }
                guard job.state != .running else {
                    throw QueueError(
                        .wrongState, "job \(id) runs just now",
                        remedy: "wait for its end, or cancel it first")
                }
                let renewed = try renew(job)
                try endRest(workspace: workspace, scope: renewed.scope)
                try connection.query(Self.notification)
                return renewed
            }
        }
    }

    /// Makes a job due, or the one that waits in its place.
    private func renew(_ job: Job) throws -> Job {
        let rows = try scoped(to: job.workspace).query(
            """
            UPDATE jobs SET state = 'waiting', attempts = 0, finished_at = NULL,
                run_after = statement_timestamp(), run_before = statement_timestamp(),
                first_requested_at = statement_timestamp()
            WHERE workspace_id = \(job.workspace) AND id = coalesce(
                (SELECT w.id FROM jobs w WHERE w.state = 'waiting' AND w.attempts >= 0
                    AND w.workspace_id = \(job.workspace) AND w.kind = \(job.kind)
                    AND w.unique_key = \(job.uniqueKey)), \(job.id))
                AND state <> 'running'
            RETURNING \(JobRow.columns)
            """)
        guard let renewed = try rows.first.map(JobRow.job) else {
            throw QueueError(
                .wrongState, "another job for what job \(job.id) is about began just now",
                remedy: "look at 'gitdex jobs list'")
        }
        return renewed
    }

    /// Calls a job off.
    ///
    /// One that runs loses its lease: its worker notices with the next heartbeat, and what it has not
    /// committed by now does not count.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The job's number.
    /// - Returns: The job as it stands now.
    /// - Throws: ``QueueError`` with code `notFound`, or `wrongState` when it has ended, or what the
    ///   database said.
    @discardableResult
    public func cancel(workspace: Int, id: Int) throws -> Job {
        let rows = try scoped(to: workspace).query(
            """
            UPDATE jobs SET state = 'cancelled', leased_until = NULL,
                finished_at = statement_timestamp()
            WHERE workspace_id = \(workspace) AND id = \(id) AND state IN ('waiting', 'running')
            RETURNING \(JobRow.columns)
            """)
        if let job = try rows.first.map(JobRow.job) { return job }
        guard let job = try job(workspace: workspace, id: id) else { throw QueueError.notFound(id) }
        throw QueueError(
            .wrongState, "job \(id) has ended already: it is \(job.state.rawValue)",
            remedy: "nothing needs to be done")
    }

    /// Forgets jobs that ended long ago, and pauses that are over.
    ///
    /// Goes once over all jobs, a page in each statement.
    ///
    /// - Parameter age: How long ago a job must have ended.
    /// - Returns: How many jobs were forgotten.
    /// - Throws: What the database said.
    @discardableResult
    public func prune(olderThan age: Duration) throws -> Int {
        try system.query("DELETE FROM queue_pauses WHERE until < statement_timestamp()")
        var pruned = 0
        var last = (workspace: 0, id: 0)
        while true {
            let row = try system.query(
                """
                WITH page AS MATERIALIZED (
                    SELECT workspace_id, id,
                        finished_at < statement_timestamp()
                            - \(age.milliseconds) * interval '1 millisecond' AS is_old
                    FROM jobs WHERE (workspace_id, id) > (\(last.workspace), \(last.id))
                    ORDER BY workspace_id, id LIMIT \(Self.prunePage)
                ), pruned AS (
                    DELETE FROM jobs USING page
                    WHERE jobs.workspace_id = page.workspace_id AND jobs.id = page.id
                        AND page.is_old AND jobs.finished_at IS NOT NULL
                    RETURNING 1
                ), final AS (
                    SELECT workspace_id, id FROM page ORDER BY workspace_id DESC, id DESC LIMIT 1
                )
                SELECT (SELECT count(*) FROM pruned), (SELECT workspace_id FROM final),
                    (SELECT id FROM final)
                """
            ).only()
            pruned += try row.int(0)
            guard let workspace = try row.optionalInt(1), let id = try row.optionalInt(2) else {
                return pruned
            }
            last = (workspace, id)
        }
    }
}
