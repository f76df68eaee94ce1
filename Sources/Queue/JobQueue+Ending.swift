internal import Postgres

extension JobQueue {
    /// What becomes of a job that did not get done.
    private struct Release {
        /// Which running jobs are meant, of the alias `j`.
        var jobs: SQL
        /// Whether it may wait for another attempt.
        var mayRetry: SQL
        /// Whether this one counts.
        var countsAttempt = true
        /// How long it then waits.
        var delay: SQL
        /// Why, in one line.
        var error: SQL
        /// Whether jobs that somebody works on just now are passed over.
        var skipsLocked = false
    }

    /// The most jobs that one ``rescueExpired()`` takes back.
    private static let rescueLimit = 1_000

    /// Marks a job as done.
    ///
    /// May be repeated, as after a connection lost in the middle.
    ///
    /// - Parameter lease: The lease.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    public func finish(_ lease: JobLease) throws {
        let rows = try queryUnflushed(
            """
            UPDATE jobs SET state = 'done', leased_until = NULL, error = NULL,
                finished_at = coalesce(finished_at, statement_timestamp())
            WHERE workspace_id = \(lease.job.workspace) AND id = \(lease.job.id)
                AND lease_token = \(lease.token) AND state IN ('running', 'done')
            """, on: scoped(to: lease.job.workspace))
        guard rows.affectedRows == 1 else { throw QueueError.leaseLost(lease) }
    }

    /// Ends the attempt at a job that failed.
    ///
    /// The job waits for another attempt, each time about twice as long as before, with chance in it,
    /// or has failed when it used up its attempts. Where a newer job for the same key waits already,
    /// that one does the work and this one is superseded.
    ///
    /// - Parameters:
    ///   - lease: The lease.
    ///   - error: Why, for people to read; cut at 4,000 characters.
    ///   - retry: Whether another attempt can succeed.
    ///   - delay: How long to wait at least; nil for what the number of attempts gives.
    /// - Returns: Where the job stands now.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    @discardableResult
    public func fail(
        _ lease: JobLease, error: String, retry: Bool, delay: Duration? = nil
    ) throws -> JobState {
        let atLeast = delay?.milliseconds ?? 0
        let states = try release(
            Release(
                jobs: Self.condition(lease), mayRetry: "(\(retry))",
                delay: """
                    greatest(\(RetryDelay.sql),
                        \(atLeast) * interval '1 millisecond')
                    """,
                error: "\(Self.printable(error))"), on: scoped(to: lease.job.workspace))
        guard let state = states.first else { throw QueueError.leaseLost(lease) }
        return state
    }

    /// Hands a job back as if it had not been taken, as when a worker stops.
    ///
    /// - Parameters:
    ///   - lease: The lease.
    ///   - delay: How long nobody may take it.
    ///   - reason: What it waits for, for people to read; nil leaves what the job says.
    /// - Returns: Where the job stands now.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    @discardableResult
    public func giveBack(
        _ lease: JobLease, after delay: Duration = .zero, reason: String? = nil
    ) throws -> JobState {
        let states = try release(
            Release(
                jobs: Self.condition(lease), mayRetry: "true", countsAttempt: false,
                delay: "(\(delay.milliseconds) * interval '1 millisecond')",
                error: reason.map { "\(Self.printable($0))" } ?? "jobs.error"),
            on: scoped(to: lease.job.workspace))
        guard let state = states.first else { throw QueueError.leaseLost(lease) }
        if delay <= .zero { try connection.query(Self.notification) }
        return state
    }

    /// Hands jobs back as ``giveBack(_:after:reason:)`` does, without waiting for anybody.
    ///
    /// - Parameter lease: The lease.
    /// - Returns: False when the lease is lost, or the job's row is locked: its work is being
    ///   committed just now.
    /// - Throws: What the database said.
    func giveBackAtOnce(_ lease: JobLease) throws -> Bool {
        let states = try release(
            Release(
                jobs: Self.condition(lease), mayRetry: "true", countsAttempt: false,
                delay: "interval '0'", error: "jobs.error", skipsLocked: true),
            on: scoped(to: lease.job.workspace))
        guard !states.isEmpty else { return false }
        try connection.query(Self.notification)
        return true
    }

    /// Takes back the jobs whose workers have not renewed their leases in time.
    ///
    /// - Returns: How many there were.
    /// - Throws: What the database said.
    @discardableResult
    public func rescueExpired() throws -> Int {
        try release(
            Release(
                jobs: "j.leased_until < statement_timestamp()", mayRetry: "true",
                delay: RetryDelay.sql,
                error: """
                    left('the worker ' || jobs.worker || ' stopped reporting while it ran', 4000)
                    """, skipsLocked: true), on: system
        ).count
    }

    private func release(
        _ release: Release, on scoped: ScopedConnection
    ) throws -> [JobState] {
        let held: SQL = """
            WITH held AS MATERIALIZED (
                SELECT j.workspace_id, j.id, CASE
                    WHEN \(unsafe: release.countsAttempt ? "" : "false AND ")
                        (NOT \(release.mayRetry) OR j.attempts >= j.maximum_attempts) THEN 'failed'
                    WHEN EXISTS (SELECT FROM jobs w
                        WHERE w.state = 'waiting' AND w.attempts >= 0
                            AND w.workspace_id = j.workspace_id
                            AND w.kind = j.kind AND w.unique_key = j.unique_key) THEN 'superseded'
                    ELSE 'waiting' END AS next
                FROM jobs j WHERE j.state = 'running' AND \(release.jobs)
                LIMIT \(Self.rescueLimit)
                FOR UPDATE OF j \(unsafe: release.skipsLocked ? "SKIP LOCKED" : "")
            )
            """
        let update: SQL = """
             UPDATE jobs SET state = held.next, leased_until = NULL, error = \(release.error),
                attempts = jobs.attempts - \(unsafe: release.countsAttempt ? "0" : "1"),
                finished_at = CASE WHEN held.next <> 'waiting' THEN statement_timestamp() END,
                run_after = CASE WHEN held.next = 'waiting'
                    THEN statement_timestamp() + \(release.delay) ELSE jobs.run_after END
            FROM held WHERE jobs.workspace_id = held.workspace_id AND jobs.id = held.id
            RETURNING jobs.state
            """
        let rows = try retryingConflicts { try queryUnflushed(held + update, on: scoped) }
        return try rows.compactMap { JobState(rawValue: try $0.string(0)) }
    }

    private static func condition(_ lease: JobLease) -> SQL {
        """
        j.workspace_id = \(lease.job.workspace) AND j.id = \(lease.job.id)
        AND j.lease_token = \(lease.token)
        """
    }

    /// The text as the column takes it.
    private static func printable(_ error: String) -> String {
        String(String.UnicodeScalarView(error.unicodeScalars.prefix(4_000).filter { $0 != "\0" }))
    }
}
