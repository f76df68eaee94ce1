public import Postgres

/// How far a list of a repository has been read, for people to see.
public struct SyncedState: Sendable {
    /// The repository's number.
    public var repository: Int
    /// The repository's name.
    public var name: String
    /// Which list.
    public var stream: SyncedStream
    /// How many items are kept of it.
    public var items: Int
    /// Whether a pass through it is under way.
    public var isRunning: Bool
    /// When the last pass ended.
    public var completedAt: Timestamp?
    /// Why it cannot be read.
    public var problem: String?
}

extension SyncedState {
    /// Returns how far the lists of a workspace's repositories have been read.
    ///
    /// Costs a pass over the workspace's items.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Returns: The states of the lists that were begun, by repository.
    /// - Throws: What the database said.
    public static func all(workspace: Int, on connection: Connection) throws -> [SyncedState] {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                WITH counted AS (
                    SELECT repository_id, CASE kind WHEN 'issue' THEN 'issues'
                        WHEN 'pr' THEN 'pulls' WHEN 'comment' THEN 'comments'
                        WHEN 'review_comment' THEN 'review_comments' WHEN 'review' THEN 'reviews'
                        WHEN 'release' THEN 'releases' ELSE 'discussions' END AS stream,
                        count(*) AS items
                    FROM synced_items WHERE workspace_id = \(workspace) AND deleted_at IS NULL
                    GROUP BY 1, 2
                )
                SELECT s.repository_id, r.name, s.stream, coalesce(c.items, 0),
                    s.pass_started_at IS NOT NULL, s.completed_at, s.problem
                FROM synced_streams s
                JOIN repositories r ON r.workspace_id = s.workspace_id AND r.id = s.repository_id
                LEFT JOIN counted c ON c.repository_id = s.repository_id AND c.stream = s.stream
                WHERE s.workspace_id = \(workspace) ORDER BY r.name, s.stream
                """
            ).compactMap { row in
                guard let stream = SyncedStream(rawValue: try row.string(2)) else { return nil }
                return SyncedState(
                    repository: try row.int(0), name: try row.string(1), stream: stream,
                    items: try row.int(3), isRunning: try row.bool(4),
                    completedAt: try row.optionalTimestamp(5), problem: try row.optionalString(6))
            }
        }
    }
}
