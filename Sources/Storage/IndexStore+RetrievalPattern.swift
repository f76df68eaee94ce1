public import Cryptography
import Postgres

extension IndexStore {
    /// The most lines of one chunk that a pattern search returns.
    private static let linesPerChunk = 50

    /// Finds the chunks that a regular expression fits.
    ///
    /// The expression is PostgreSQL's; `^` and `$` stand for the ends of a line. Trigrams of what it
    /// must contain are looked up first; without any, every text of the workspace is read. Which
    /// chunks come is left open when there are more than `limit`.
    ///
    /// - Parameters:
    ///   - pattern: The expression.
    ///   - scope: Where to look.
    ///   - limit: How many chunks at most.
    /// - Returns: The chunks, in no order.
    /// - Throws: `PostgresError` with SQLSTATE `2201B` for a malformed expression, with code
    ///   `timeout` for one that takes too long.
    public func chunks(
        matching pattern: String, in scope: RetrievalScope, limit: Int
    ) throws -> [RetrievedChunk] {
        try scoped.query(
            """
            SELECT \(unsafe: Self.chunkColumns)
            FROM contents t
            JOIN chunks c ON c.workspace_id = t.workspace_id AND c.content_hash = t.content_hash
            JOIN ref_files f ON f.workspace_id = c.workspace_id AND f.blob_oid = c.blob_oid
                AND f.language = c.language AND f.analysis_version = c.analysis_version
            WHERE t.workspace_id = \(workspace) AND t.body ~ \(pattern)
                AND \(scope.condition(workspace: workspace))
            LIMIT \(limit)
            """
        ).map { try chunk(of: $0) }
    }

    /// Finds the lines of some texts that a regular expression fits.
    ///
    /// - Parameters:
    ///   - pattern: The expression, which fits each of the texts.
    ///   - texts: The texts.
    /// - Returns: The lines, by text; of one text no more than the first fifty.
    /// - Throws: What the database said.
    public func lines(
        matching pattern: String, of texts: Set<TextHash>
    ) throws -> [TextHash: RetrievedLines] {
        let rows = try scoped.query(
            """
            SELECT t.content_hash, l.places, l.lines
            FROM contents t
            CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(m.place), '{}') AS places,
                    coalesce(array_agg(m.line), '{}') AS lines
                FROM (
                    SELECT s.line, s.place
                    FROM unnest(string_to_array(t.body, E'\\n')) WITH ORDINALITY AS s (line, place)
                    WHERE s.line ~ \(pattern) ORDER BY s.place
                    LIMIT \(Self.linesPerChunk)) m) l
            WHERE t.workspace_id = \(workspace)
                AND t.content_hash = ANY(\(texts.map(\.bytes)))
            """)
        var result: [TextHash: RetrievedLines] = [:]
        for row in rows {
            guard let hash = TextHash(bytes: try row.bytes(0)) else { continue }
            result[hash] = RetrievedLines(
                places: try row.decode(1, as: [Int64].self).map { Int($0) },
                lines: try row.decode(2, as: [String].self))
        }
        return result
    }
}
