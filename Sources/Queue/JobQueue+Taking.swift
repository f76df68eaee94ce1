internal import Postgres

extension JobQueue {
    /// Takes the job whose turn it is.
    ///
    /// The turn goes to the workspace with the fewest running jobs, and among equals around in a
    /// circle, so that nobody's thousand jobs keep another's one waiting. Within a workspace the
    /// lowest priority number runs first, then what is due the longest. Passed over are jobs whose
    /// time has not come, whose scope is paused, and whose key a running job has.
    ///
    /// Costs a few index probes, and one more for each workspace that has waiting jobs, however many
    /// jobs have ended.
    ///
    /// - Parameters:
    ///   - kinds: The kinds wanted; empty for all.
    ///   - worker: Who takes it, for people to read; 1 to 200 characters.
    ///   - lease: How long the lease holds without a heartbeat.
    /// - Returns: The job and the right to run it; nil when no job can run now.
    /// - Throws: What the database said.
    public func take(
        kinds: [String] = [], worker: String, lease: Duration
    ) throws -> JobLease? {
        let token = Int.random(in: 1...Int.max)
        let taken: SQL = """
            UPDATE jobs SET state = 'running', attempts = jobs.attempts + 1,
                lease_token = \(token), worker = \(String(worker.prefix(200))),
                leased_until = statement_timestamp() + \(lease.milliseconds) * interval '1 millisecond',
                started_at = statement_timestamp(), progress_done = NULL, progress_total = NULL
            FROM picked, workspaces w
            WHERE jobs.workspace_id = picked.workspace_id AND jobs.id = picked.id
                AND w.id = jobs.workspace_id
            RETURNING \(JobRow.columns), w.public_id
            """
        let statement = Self.turns(after: lastWorkspace) + Self.picking(kinds) + taken
        guard let row = try retryingConflicts({ try queryUnflushed(statement, on: system) }).first
        else {
            return nil
        }
        let job = try JobRow.job(row)
        lastWorkspace = job.workspace
        return JobLease(
            job: job, token: token, workspacePublicID: try row.string(JobRow.count),
            duration: lease)
    }

    /// The workspaces that have waiting jobs, in the order of their turns.
    private static func turns(after last: Int) -> SQL {
        """
        WITH RECURSIVE ring (workspace_id) AS (
            -- From one workspace to the next by index probes, not over all jobs of each.
            (SELECT workspace_id FROM jobs WHERE state = 'waiting'
                ORDER BY workspace_id LIMIT 1)
            UNION ALL
            SELECT (SELECT j.workspace_id FROM jobs j
                WHERE j.state = 'waiting' AND j.workspace_id > ring.workspace_id
                ORDER BY j.workspace_id LIMIT 1)
            FROM ring WHERE ring.workspace_id IS NOT NULL
        ), load AS MATERIALIZED (
            SELECT workspace_id, count(*) AS jobs FROM jobs WHERE state = 'running'
            GROUP BY workspace_id
        ), turns AS MATERIALIZED (
            SELECT ring.workspace_id FROM ring LEFT JOIN load USING (workspace_id)
            WHERE ring.workspace_id IS NOT NULL
            ORDER BY coalesce(load.jobs, 0), ring.workspace_id <= \(last), ring.workspace_id
        )
        """
    }

    /// The first job that can run, locked; the workspaces after its own are not looked at.
    private static func picking(_ kinds: [String]) -> SQL {
        let kind: SQL = kinds.isEmpty ? "" : "AND j.kind = ANY (\(kinds))"
        return """
            , picked AS MATERIALIZED (
                SELECT candidate.workspace_id, candidate.id FROM turns CROSS JOIN LATERAL (
                    SELECT j.workspace_id, j.id FROM jobs j
                    WHERE j.workspace_id = turns.workspace_id AND j.state = 'waiting'
                        AND j.run_after <= statement_timestamp() \(kind)
                        AND NOT EXISTS (SELECT FROM queue_pauses p
                            WHERE p.workspace_id = j.workspace_id AND p.scope = j.scope
                                AND p.until > statement_timestamp())
                        AND NOT EXISTS (SELECT FROM jobs r
                            WHERE r.state = 'running' AND r.workspace_id = j.workspace_id
                                AND r.kind = j.kind AND r.unique_key = j.unique_key)
                    ORDER BY j.priority, j.run_after, j.id
                    LIMIT 1 FOR UPDATE OF j SKIP LOCKED
                ) candidate
                LIMIT 1
            )
            """
    }

    /// How long it is until a job falls due or a pause ends, whichever is first.
    ///
    /// - Returns: The time, or nil when nothing waits for its time.
    /// - Throws: What the database said.
    public func timeUntilNextDue() throws -> Duration? {
        let seconds = try system.query(
            """
            SELECT extract(epoch FROM least(
                (SELECT min(run_after) FROM jobs
                    WHERE state = 'waiting' AND attempts >= 0
                        AND run_after > statement_timestamp()),
                (SELECT min(until) FROM queue_pauses WHERE until > statement_timestamp())
            ) - statement_timestamp())::float8
            """
        ).only().optionalDouble(0)
        return seconds.map { .milliseconds(Int(($0 * 1000).rounded(.up))) }
    }
}
