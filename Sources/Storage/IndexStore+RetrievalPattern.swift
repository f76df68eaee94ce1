import Postgres

extension IndexStore {
    /// The most lines of one chunk that a pattern search returns.
    private static let linesPerChunk = 50

    /// Finds the lines that a regular expression fits.
    ///
    /// The expression is PostgreSQL's; `^` and `$` stand for the ends of a line. Trigrams of what it
    /// must contain are looked up first; without any, every text of the workspace is read. Which
    /// chunks come is left open when there are more than `limit`.
    ///
    /// - Parameters:
    ///   - pattern: The expression.
    ///   - scope: Where to look.
    ///   - limit: How many chunks at most.
    /// - Returns: The chunks and their lines.
    /// - Throws: `PostgresError` with SQLSTATE `2201B` for a malformed expression, with code
    ///   `timeout` for one that takes too long.
    public func lines(
        matching pattern: String, in scope: RetrievalScope, limit: Int
    ) throws -> [RetrievedLines] {
        let rows = try connection.query(
            """
            SELECT \(unsafe: Self.chunkColumns), l.places, l.lines
            FROM contents t
            JOIN chunks c ON c.workspace_id = t.workspace_id AND c.content_hash = t.content_hash
            JOIN ref_files f ON f.workspace_id = c.workspace_id AND f.blob_oid = c.blob_oid
                AND f.language = c.language AND f.analysis_version = c.analysis_version
            CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(m.place), '{}') AS places,
                    coalesce(array_agg(m.line), '{}') AS lines
                FROM (
                    SELECT s.line, s.place
                    FROM unnest(string_to_array(t.body, E'\\n')) WITH ORDINALITY AS s (line, place)
                    WHERE s.line ~ \(pattern) ORDER BY s.place
                    LIMIT \(Self.linesPerChunk)) m) l
            WHERE t.workspace_id = \(workspace) AND t.body ~ \(pattern)
                AND \(scope.condition(workspace: workspace))
            LIMIT \(limit)
            """)
        let base = Self.chunkColumnCount
        return try rows.map { row in
            RetrievedLines(
                chunk: try chunk(of: row),
                places: try row.decode(base, as: [Int64].self).map { Int($0) },
                lines: try row.decode(base + 1, as: [String].self))
        }
    }
}
