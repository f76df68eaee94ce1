import Postgres

/// How many rows nobody needed any more.
public struct CollectionCounts: Sendable, Equatable {
    /// Blobs that no ref held.
    public var blobs = 0
    /// Texts that no chunk named.
    public var contents = 0
    /// Vectors without their text, or of a model that no ref uses.
    public var embeddings = 0
    /// Paths that no ref had.
    public var paths = 0

    /// Makes the counts of nothing.
    public init() {}
}

extension IndexStore {
    /// Drops the content that no ref needs.
    ///
    /// Call it while holding the collection lock. Costs a pass over the workspace's rows.
    ///
    /// - Returns: What was dropped.
    /// - Throws: What the database said.
    public func collectGarbage() throws -> CollectionCounts {
        var counts = CollectionCounts()
        try scoped.transaction {
            counts.blobs = try scoped.execute(
                """
                DELETE FROM blobs b WHERE b.workspace_id = \(workspace) AND NOT EXISTS (
                    SELECT 1 FROM ref_files f WHERE f.workspace_id = b.workspace_id
                        AND f.blob_oid = b.blob_oid AND f.language = b.language
                        AND f.analysis_version = b.analysis_version
                        AND f.skipped_reason IS NULL)
                """)
            for table in ["chunks", "symbols"] {
                try scoped.execute(
                    """
                    DELETE FROM \(unsafe: table) t WHERE t.workspace_id = \(workspace)
                        AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.workspace_id = t.workspace_id
                            AND b.blob_oid = t.blob_oid AND b.language = t.language
                            AND b.analysis_version = t.analysis_version)
                    """)
            }
            counts.contents = try scoped.execute(
                """
                DELETE FROM contents t WHERE t.workspace_id = \(workspace) AND NOT EXISTS (
                    SELECT 1 FROM chunks c WHERE c.workspace_id = t.workspace_id
                        AND c.content_hash = t.content_hash)
                """)
            // Two statements: the server cannot join by a condition that says "or".
            counts.embeddings = try scoped.execute(
                """
                DELETE FROM embeddings e WHERE e.workspace_id = \(workspace) AND NOT EXISTS (
                    SELECT 1 FROM contents t WHERE t.workspace_id = e.workspace_id
                        AND t.content_hash = e.content_hash)
                """)
            counts.embeddings += try scoped.execute(
                """
                DELETE FROM embeddings e WHERE e.workspace_id = \(workspace)
                    AND e.embedder_id <> ALL (ARRAY(SELECT DISTINCT r.vectors_embedder_id FROM refs r
                        WHERE r.workspace_id = \(workspace) AND r.vectors_embedder_id IS NOT NULL))
                """)
            counts.paths = try scoped.execute(
                """
                DELETE FROM paths p WHERE p.workspace_id = \(workspace) AND NOT EXISTS (
                    SELECT 1 FROM ref_files f WHERE f.workspace_id = p.workspace_id
                        AND f.path = p.path)
                """)
        }
        return counts
    }
}
