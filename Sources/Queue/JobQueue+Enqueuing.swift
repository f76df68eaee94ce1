internal import Postgres

extension JobQueue {
    /// Adds jobs, all in one statement; the workers hear of it when the transaction commits.
    ///
    /// Where a job for the same key waits already, it becomes the new request instead: its payload,
    /// a fresh count of attempts, the more urgent of the two priorities, and its time put off by the
    /// new delay, though never beyond the maximum delay of the first request. A job that runs is left
    /// alone, and the new one waits for its end.
    ///
    /// - Parameter requests: The workspaces' numbers and the jobs, at most ``batchLimit``; of several
    ///   for one key the last counts.
    /// - Returns: The jobs' numbers, in the order of the requests.
    /// - Throws: ``QueueError`` with code `invalidRequest`, or what the database said:
    ///   `foreignKeyViolation` when there is no such workspace.
    @discardableResult
    public func enqueue(_ requests: [(workspace: Int, request: JobRequest)]) throws -> [Int] {
        guard !requests.isEmpty else { return [] }
        guard requests.count <= Self.batchLimit else {
            throw QueueError(
                .invalidRequest, "\(requests.count) jobs are too many at once",
                remedy: "add at most \(Self.batchLimit)")
        }
        for (_, request) in requests { try request.check() }
        var merged: [JobKey: JobRequest] = [:]
        merged.reserveCapacity(requests.count)
        for (workspace, request) in requests {
            let key = JobKey(workspace: workspace, kind: request.kind, key: request.uniqueKey)
            merged[key] = merged[key].map { request.replacing($0) } ?? request
        }
        // All that add jobs lock them in the same order, so that none waits in a circle.
        let batch = merged.sorted { $0.key < $1.key }
        let workspaces = Set(batch.map(\.key.workspace))
        let session = workspaces.count > 1 ? system : scoped(to: batch[0].key.workspace)
        let rows = try session.pipeline([insertion(of: batch), Self.notification])[0]
        var numbers: [JobKey: Int] = [:]
        numbers.reserveCapacity(rows.count)
        for row in rows {
            let key = JobKey(
                workspace: try row.int(1), kind: try row.string(2), key: try row.string(3))
            numbers[key] = try row.int(0)
        }
        return try requests.map { workspace, request in
            let key = JobKey(workspace: workspace, kind: request.kind, key: request.uniqueKey)
            guard let number = numbers[key] else {
                throw QueueError(
                    .damagedRow, "the database did not say which job a request became",
                    remedy: "look for triggers on the table jobs")
            }
            return number
        }
    }

    private func insertion(of batch: [(key: JobKey, value: JobRequest)]) -> SQL {
        let requests = batch.map(\.value)
        let source: SQL = """
            FROM unnest(\(batch.map(\.key.workspace)), \(requests.map(\.kind)),
                \(requests.map(\.uniqueKey)), \(requests.map(\.scope)), \(requests.map(\.payload)),
                \(requests.map { Int32($0.priority) }),
                \(requests.map { Int32($0.maximumAttempts) }),
                \(requests.map(\.delay.milliseconds)),
                \(requests.map { max($0.delay, $0.maximumDelay).milliseconds }))
            WITH ORDINALITY AS r (workspace_id, kind, unique_key, scope, payload, priority,
                maximum_attempts, delay, maximum_delay, place)
            """
        return """
            INSERT INTO jobs (workspace_id, kind, unique_key, scope, payload, priority,
                maximum_attempts, run_after, run_before, first_requested_at, created_at)
            SELECT workspace_id, kind, unique_key, scope, payload::jsonb, priority,
                maximum_attempts, statement_timestamp() + delay * interval '1 millisecond',
                statement_timestamp() + maximum_delay * interval '1 millisecond',
                statement_timestamp(), statement_timestamp()
            \(source)
            ORDER BY place
            ON CONFLICT (workspace_id, kind, unique_key) WHERE state = 'waiting' AND attempts >= 0
            DO UPDATE SET
                payload = excluded.payload, scope = excluded.scope,
                priority = least(jobs.priority, excluded.priority),
                maximum_attempts = excluded.maximum_attempts, attempts = 0,
                -- Why a scope rests is still true of the newer request.
                error = CASE WHEN EXISTS (SELECT FROM queue_pauses p
                    WHERE p.workspace_id = jobs.workspace_id AND p.scope = excluded.scope
                        AND p.until > statement_timestamp()) THEN jobs.error END,
                -- A job that waits for another attempt has been put off by its failure, not by
                -- newer requests: what was asked for before that no longer counts.
                run_after = CASE WHEN jobs.attempts > 0 THEN excluded.run_after
                    ELSE least(excluded.run_after, jobs.run_before) END,
                run_before = CASE WHEN jobs.attempts > 0 THEN excluded.run_before
                    ELSE least(excluded.run_before, jobs.run_before) END,
                first_requested_at = CASE WHEN jobs.attempts > 0 THEN excluded.first_requested_at
                    ELSE jobs.first_requested_at END
            RETURNING id, workspace_id, kind, unique_key
            """
    }
}
