public import Postgres

extension JobQueue {
    /// Ends the rest of a scope: the pause, and the time that failed jobs of it wait for.
    ///
    /// For what proves the reason wrong, such as other credentials. Part of the caller's transaction,
    /// if there is one. Jobs that somebody changes just now are passed over.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - scope: The scope; an empty one does not rest.
    /// - Throws: What the database said.
    public func endRest(workspace: Int, scope: String) throws {
        guard !scope.isEmpty else { return }
        let pause: SQL = """
            DELETE FROM queue_pauses WHERE workspace_id = \(workspace) AND scope = \(scope)
            """
        let awakening: SQL = """
            WITH resting AS MATERIALIZED (
                SELECT j.workspace_id, j.id FROM jobs j
                WHERE j.workspace_id = \(workspace) AND j.scope = \(scope) AND j.state = 'waiting'
                    AND j.attempts > 0 AND j.run_after > statement_timestamp()
                FOR UPDATE OF j SKIP LOCKED
            )
            UPDATE jobs SET run_after = statement_timestamp() FROM resting
            WHERE jobs.workspace_id = resting.workspace_id AND jobs.id = resting.id
            """
        _ = try scoped(to: workspace).pipeline([pause, awakening, Self.notification])
    }

    /// Until when each paused scope of a workspace rests.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: The times, by scope.
    /// - Throws: What the database said.
    public func pauseEnds(workspace: Int) throws -> [String: Timestamp] {
        let rows = try scoped(to: workspace).query(
            """
            SELECT scope, until FROM queue_pauses
            WHERE workspace_id = \(workspace) AND until > statement_timestamp()
            """)
        return try rows.reduce(into: [:]) { $0[try $1.string(0)] = try $1.timestamp(1) }
    }
}

extension Job {
    /// From when on a waiting job can run, the pause of its scope included.
    ///
    /// - Parameter pauseEnds: Until when each paused scope rests.
    /// - Returns: The time; nil in any other state.
    public func due(_ pauseEnds: [String: Timestamp]) -> Timestamp? {
        guard state == .waiting else { return nil }
        guard let end = pauseEnds[scope], end.unixMicroseconds > runAfter.unixMicroseconds else {
            return runAfter
        }
        return end
    }
}
