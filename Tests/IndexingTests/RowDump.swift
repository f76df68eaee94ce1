import Postgres
import Storage

/// Everything an index holds of one ref, as lines without the numbers that a database gives out.
enum RowDump {
    static func lines(ofRef name: String, store: IndexStore) throws -> [String] {
        let workspace = store.workspace
        let files: SQL = """
            SELECT f.* FROM ref_files f JOIN refs r
                ON r.workspace_id = f.workspace_id AND r.id = f.ref_id
            WHERE r.workspace_id = \(workspace) AND r.name = \(name)
            """
        let blobs: SQL = """
            SELECT DISTINCT workspace_id, blob_oid, language, analysis_version FROM (\(files)) f
            WHERE skipped_reason IS NULL
            """
        let statements: [SQL] = [
            """
            SELECT concat_ws('|', 'ref', encode(indexed_commit, 'hex'), encode(indexed_tree, 'hex'),
                encode(vectors_commit, 'hex'), vectors_embedder_id, encode(rules_digest, 'hex'),
                file_count, chunk_count)
            FROM refs WHERE workspace_id = \(workspace) AND name = \(name)
            """,
            """
            SELECT concat_ws('|', 'file', encode(path, 'hex'), encode(blob_oid, 'hex'), mode, language,
                analysis_version, skipped_reason) FROM (\(files)) f
            """,
            """
            SELECT concat_ws('|', 'path', encode(p.path, 'hex'), p.words_version, p.tokens) FROM (\(files)) f
            JOIN paths p ON p.workspace_id = f.workspace_id AND p.path = f.path
            """,
            """
            SELECT concat_ws('|', 'blob', encode(b.blob_oid, 'hex'), b.language, b.size,
                b.analysis_version, b.chunk_count)
            FROM (\(blobs)) k JOIN blobs b USING (workspace_id, blob_oid, language, analysis_version)
            """,
            """
            SELECT concat_ws('|', 'chunk', encode(c.blob_oid, 'hex'), c.language, c.ordinal, c.kind,
                c.symbol, c.start_line, c.end_line, encode(c.content_hash, 'hex'))
            FROM (\(blobs)) k JOIN chunks c USING (workspace_id, blob_oid, language, analysis_version)
            """,
            """
            SELECT concat_ws('|', 'symbol', encode(s.blob_oid, 'hex'), s.language, s.ordinal,
                s.chunk_ordinal, s.start_line, s.end_line, s.kind, s.name, s.qualified_name, s.tokens)
            FROM (\(blobs)) k JOIN symbols s USING (workspace_id, blob_oid, language, analysis_version)
            """,
            """
            SELECT DISTINCT concat_ws('|', 'content', encode(t.content_hash, 'hex'), t.words_version,
                t.token_count,
                t.tokens, t.body, e.vector)
            FROM (\(blobs)) k JOIN chunks c USING (workspace_id, blob_oid, language, analysis_version)
            LEFT JOIN contents t USING (workspace_id, content_hash)
            LEFT JOIN embeddings e USING (workspace_id, content_hash)
            WHERE e.embedder_id IS NULL OR e.embedder_id = (SELECT vectors_embedder_id FROM refs
                WHERE workspace_id = \(workspace) AND name = \(name))
            """,
        ]
        return try statements.flatMap { statement in
            try store.connection.scoped(.owner).query(statement).map { try $0.string(0) }
        }.sorted()
    }
}
