internal import Postgres

/// How a job stands in a row of a result.
enum JobRow {
    /// The columns of a job, of the table or alias `jobs`.
    static let columns: SQL = """
        jobs.workspace_id, jobs.id, jobs.kind, jobs.unique_key, jobs.scope, jobs.state,
        jobs.payload, jobs.priority, jobs.attempts, jobs.maximum_attempts, jobs.worker, jobs.error,
        jobs.progress_done, jobs.progress_total, jobs.created_at, jobs.run_after, jobs.started_at,
        jobs.finished_at
        """
    /// How many columns these are.
    static let count = 18

    /// Reads a job from the first columns of a row.
    static func job(_ row: Row) throws -> Job {
        guard let state = JobState(rawValue: try row.string(5)) else {
            throw QueueError(
                .damagedRow, "job \(try row.int(1)) is in a state that this program does not know",
                remedy: "use the newest gitdex that works with this database")
        }
        let done = try row.optionalInt(12)
        return Job(
            workspace: try row.int(0), id: try row.int(1), kind: try row.string(2),
            uniqueKey: try row.string(3), scope: try row.string(4), state: state,
            payload: try row.string(6), priority: try row.int(7), attempts: try row.int(8),
            maximumAttempts: try row.int(9), worker: try row.optionalString(10),
            error: try row.optionalString(11),
            progress: JobProgress(done: done, total: try row.optionalInt(13)),
            createdAt: try row.timestamp(14), runAfter: try row.timestamp(15),
            startedAt: try row.optionalTimestamp(16), finishedAt: try row.optionalTimestamp(17))
    }
}

extension JobProgress {
    fileprivate init?(done: Int?, total: Int?) {
        guard let done, let total else { return nil }
        self.init(done: done, total: total)
    }
}
