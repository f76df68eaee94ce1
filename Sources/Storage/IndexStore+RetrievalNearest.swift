import Postgres

extension IndexStore {
    /// The most texts that are taken out of a scan before the scope is looked at.
    private static let nearestTextLimit = 4_000

    /// Finds the chunks whose vectors are nearest, exactly.
    ///
    /// Where the scope holds much of the workspace, all its vectors are scanned and the nearest
    /// are taken until enough of them lie in the scope; else only the scope's are read.
    func nearestChunks(_ query: CandidateQuery) throws -> [RetrievedChunk] {
        guard let vector = query.vector else { return [] }
        var limit = 2 * query.semanticLimit
        while query.scope.chunkCount * 2 > query.textCount, limit <= Self.nearestTextLimit {
            let rows = try scoped.query(nearestOverall(query, vector, limit: limit))
            if rows.count >= query.semanticLimit || limit > 2 * query.textCount {
                return try rows.map { try chunk(of: $0) }
            }
            limit *= 4
        }
        // Most of the rows of a scope that is a part of the tables are found fastest by joins
        // over whole tables.
        let answers = try scoped.pipeline([
            "SELECT set_config('enable_hashjoin', 'on', true)",
            nearestInScope(query, vector),
            "SELECT set_config('enable_hashjoin', 'off', true)",
        ])
        return try answers[1].map { try chunk(of: $0) }
    }

    /// A vector as a value of pgvector's `halfvec`.
    static func parameter(_ components: [Float16]) -> RawParameter {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 2 * components.count)
        withUnsafeBytes(of: Int16(components.count).bigEndian) { bytes += $0 }
        bytes += [0, 0]
        for component in components {
            withUnsafeBytes(of: component.bitPattern.bigEndian) { bytes += $0 }
        }
        return RawParameter(bytes: bytes)
    }

    private func nearestOverall(
        _ query: CandidateQuery, _ vector: (components: [Float16], embedder: Int), limit: Int
    ) -> SQL {
        """
        SELECT \(unsafe: Self.chunkColumns) FROM (
            SELECT e.workspace_id, e.content_hash,
                e.vector <#> \(Self.parameter(vector.components))::halfvec AS distance
            FROM embeddings e
            WHERE e.workspace_id = \(workspace) AND e.embedder_id = \(vector.embedder)
            ORDER BY distance LIMIT \(limit)) t
        JOIN chunks c ON c.workspace_id = t.workspace_id AND c.content_hash = t.content_hash
        JOIN ref_files f ON f.workspace_id = c.workspace_id AND f.blob_oid = c.blob_oid
            AND f.language = c.language AND f.analysis_version = c.analysis_version
        WHERE \(query.scope.condition(workspace: workspace))
        ORDER BY t.distance, t.content_hash, f.ref_id, f.path, c.ordinal
        LIMIT \(query.semanticLimit)
        """
    }

    private func nearestInScope(
        _ query: CandidateQuery, _ vector: (components: [Float16], embedder: Int)
    ) -> SQL {
        """
        SELECT \(unsafe: Self.chunkColumns) FROM ref_files f
        JOIN chunks c ON c.workspace_id = f.workspace_id AND c.blob_oid = f.blob_oid
            AND c.language = f.language AND c.analysis_version = f.analysis_version
        JOIN embeddings e ON e.workspace_id = c.workspace_id
            AND e.embedder_id = \(vector.embedder) AND e.content_hash = c.content_hash
        WHERE \(query.scope.condition(workspace: workspace))
        ORDER BY e.vector <#> \(Self.parameter(vector.components))::halfvec, e.content_hash,
            f.ref_id, f.path, c.ordinal
        LIMIT \(query.semanticLimit)
        """
    }
}
