internal import Postgres

extension JobQueue {
    /// Renews a lease.
    ///
    /// - Parameter lease: The lease.
    /// - Returns: False when it was lost: whatever is done under it must stop.
    /// - Throws: What the database said.
    public func heartbeat(_ lease: JobLease) throws -> Bool {
        try heartbeat([(lease, nil)])[0]
    }

    /// Writes down how far a job has come, and renews its lease.
    ///
    /// - Parameters:
    ///   - lease: The lease.
    ///   - done: The steps that are done.
    ///   - total: All steps.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    public func progress(_ lease: JobLease, done: Int, total: Int) throws {
        let isHeld = try heartbeat([(lease, JobProgress(done: done, total: total))])[0]
        guard isHeld else { throw QueueError.leaseLost(lease) }
    }

    /// Renews leases and writes down how far their jobs have come, all in one statement.
    ///
    /// A job whose row is locked just now, as by the transaction that commits its work, is passed
    /// over and counts as held: this never waits for it.
    ///
    /// - Parameter leases: The leases, with the progress where it is to be written.
    /// - Returns: For each, in the same order, whether it is held still.
    /// - Throws: What the database said.
    public func heartbeat(
        _ leases: [(lease: JobLease, progress: JobProgress?)]
    ) throws -> [Bool] {
        guard !leases.isEmpty else { return [] }
        let rows = try queryUnflushed(
            """
            WITH asked AS (
                SELECT * FROM unnest(\(leases.map(\.lease.job.workspace)),
                    \(leases.map(\.lease.job.id)), \(leases.map(\.lease.token)),
                    \(leases.map(\.lease.duration.milliseconds)), \(leases.map(\.progress?.done)),
                    \(leases.map(\.progress?.total)))
                WITH ORDINALITY AS a (workspace_id, id, token, duration, done, total, place)
            ), held AS MATERIALIZED (
                SELECT j.workspace_id, j.id, a.duration, a.done, a.total
                FROM asked a JOIN jobs j ON j.workspace_id = a.workspace_id AND j.id = a.id
                WHERE j.state = 'running' AND j.lease_token = a.token
                FOR UPDATE OF j SKIP LOCKED
            ), renewed AS (
                UPDATE jobs SET
                    leased_until = statement_timestamp() + held.duration * interval '1 millisecond',
                    progress_done = coalesce(held.done, jobs.progress_done),
                    progress_total = coalesce(held.total, jobs.progress_total)
                FROM held WHERE jobs.workspace_id = held.workspace_id AND jobs.id = held.id
            )
            SELECT EXISTS (SELECT FROM jobs j
                WHERE j.workspace_id = a.workspace_id AND j.id = a.id AND j.state = 'running'
                    AND j.lease_token = a.token)
            FROM asked a ORDER BY a.place
            """, on: system)
        return try rows.map { try $0.bool(0) }
    }

    /// Makes sure that a lease is held and stays so until the caller's transaction ends.
    ///
    /// The fence: whoever commits a job's work calls this in the same transaction, last before
    /// COMMIT. Nobody can take the job away in between, and who lost it cannot commit.
    ///
    /// - Parameter lease: The lease.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    public func checkLease(_ lease: JobLease) throws {
        let rows = try scoped(to: lease.job.workspace).query(
            """
            SELECT 1 FROM jobs WHERE workspace_id = \(lease.job.workspace) AND id = \(lease.job.id)
                AND state = 'running' AND lease_token = \(lease.token)
            FOR UPDATE
            """)
        guard !rows.isEmpty else { throw QueueError.leaseLost(lease) }
    }
}
