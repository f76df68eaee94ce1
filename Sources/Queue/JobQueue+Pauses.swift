public import Postgres

extension JobQueue {
    /// The longest pause.
    private static let pauseLimit = Duration.seconds(86_400)

    /// Holds all jobs of a workspace that have a scope, as a provider's rate limit asks for.
    ///
    /// Jobs that run already are left alone. A pause that lasts longer already stays.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - scope: The scope, as in ``JobRequest/scope``.
    ///   - duration: For how long from now, at most a day.
    /// - Throws: What the database said.
    public func pause(workspace: Int, scope: String, for duration: Duration) throws {
        let milliseconds = min(max(duration, .zero), Self.pauseLimit).milliseconds
        try scoped(to: workspace).query(
            """
            INSERT INTO queue_pauses (workspace_id, scope, until)
            VALUES (\(workspace), \(scope),
                statement_timestamp() + \(milliseconds) * interval '1 millisecond')
            ON CONFLICT (workspace_id, scope) DO UPDATE
                SET until = greatest(queue_pauses.until, excluded.until)
            """)
    }

    /// Until when a scope of a workspace is paused.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - scope: The scope.
    /// - Returns: The time; nil where it is not paused.
    /// - Throws: What the database said.
    public func pauseEnd(workspace: Int, scope: String) throws -> Timestamp? {
        try scoped(to: workspace).query(
            """
            SELECT until FROM queue_pauses WHERE workspace_id = \(workspace)
                AND scope = \(scope) AND until > statement_timestamp()
            """
        ).first?.timestamp(0)
    }

    /// Ends a pause.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - scope: The scope.
    /// - Returns: Whether there was one.
    /// - Throws: What the database said.
    @discardableResult
    public func resume(workspace: Int, scope: String) throws -> Bool {
        let ended = try scoped(to: workspace).execute(
            """
            DELETE FROM queue_pauses WHERE workspace_id = \(workspace) AND scope = \(scope)
                AND until > statement_timestamp()
            """)
        if ended > 0 { try connection.query(Self.notification) }
        return ended > 0
    }
}
