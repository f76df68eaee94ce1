import Git
import Postgres

extension IndexStore {
    /// Makes the rows of blobs, their chunks and symbols what they must be, and leaves those that
    /// are right as they are.
    ///
    /// Call it within a transaction, after the texts that the chunks name.
    ///
    /// - Parameter batch: The content; only its blobs are written.
    /// - Throws: What the database said.
    public func repairBlobs(of batch: ContentBatch) throws {
        guard !batch.blobs.isEmpty else { return }
        let blobs = batch.blobs
        func surplus(_ table: String, _ counts: [Int]) -> SQL {
            """
            DELETE FROM \(unsafe: table) t USING unnest(\(blobs.map(\.key.oid.bytes)),
                \(blobs.map(\.key.language)), \(blobs.map { Int32($0.key.version) }),
                \(counts.map { Int32($0) })) AS k (oid, language, version, count)
            WHERE t.workspace_id = \(workspace) AND t.blob_oid = k.oid AND t.language = k.language
                AND t.analysis_version = k.version
                AND (t.ordinal < 0 OR t.ordinal >= k.count)
            """
        }
        var statements = [
            surplus("chunks", blobs.map(\.chunks.count)),
            surplus("symbols", blobs.map(\.symbols.count)),
        ]
        let tables: [(rows: RowBatch, name: String, key: String, columns: [String])] = [
            (
                batch.blobRows(workspace: workspace), "blobs", "", ["size", "chunk_count"]
            ),
            (
                batch.chunkRows(workspace: workspace), "chunks", ", ordinal",
                ["start_line", "end_line", "kind", "symbol", "content_hash"]
            ),
            (
                batch.symbolRows(workspace: workspace), "symbols", ", ordinal",
                [
                    "chunk_ordinal", "start_line", "end_line", "kind", "name", "qualified_name",
                    "tokens",
                ]
            ),
        ]
        for (rows, name, key, columns) in tables where !rows.isEmpty {
            let old = columns.map { "\(name).\($0)" }.joined(separator: ", ")
            let new = columns.map { "excluded.\($0)" }.joined(separator: ", ")
            let changes = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
            statements.append(
                try rows.insertion(
                    connection,
                    conflict: """
                        ON CONFLICT (workspace_id, blob_oid, language, analysis_version\(key))
                        DO UPDATE SET \(changes) WHERE (\(old)) IS DISTINCT FROM (\(new))
                        """))
        }
        _ = try scoped.pipeline(statements)
    }
}
