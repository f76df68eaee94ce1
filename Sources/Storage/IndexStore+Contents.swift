public import Cryptography
import Git
import Postgres

extension IndexStore {
    /// Whether no text is stored at all, by any workspace.
    ///
    /// - Returns: Whether the table of texts is empty.
    /// - Throws: What the database said.
    public func holdsNoContents() throws -> Bool {
        try connection.query("SELECT 1 FROM contents LIMIT 1").isEmpty
    }

    /// Returns which of some blobs are stored, cut by this version of the chunker.
    ///
    /// - Parameters:
    ///   - keys: The blobs asked for.
    ///   - chunkerVersion: The version that must have cut them.
    ///   - embedder: The number of the model whose vectors count.
    /// - Returns: Those that are stored, each with whether all its texts have their vectors.
    /// - Throws: What the database said.
    public func storedBlobs(
        among keys: [BlobKey], chunkerVersion: Int, embedder: Int
    ) throws -> [BlobKey: Bool] {
        guard !keys.isEmpty else { return [:] }
        let rows = try connection.query(
            """
            SELECT b.blob_oid, b.language, NOT EXISTS (
                SELECT 1 FROM chunks c LEFT JOIN embeddings e ON e.workspace_id = c.workspace_id
                    AND e.embedder_id = \(embedder) AND e.content_hash = c.content_hash
                WHERE c.workspace_id = b.workspace_id AND c.blob_oid = b.blob_oid
                    AND c.language = b.language AND e.content_hash IS NULL)
            FROM unnest(\(keys.map(\.oid.bytes)), \(keys.map(\.language))) AS k (oid, language)
            JOIN blobs b ON b.workspace_id = \(workspace) AND b.blob_oid = k.oid
                AND b.language = k.language AND b.chunker_version = \(Int32(chunkerVersion))
            """)
        return try rows.reduce(into: [:]) { result, row in
            guard let oid = ObjectID(bytes: try row.bytes(0)) else { return }
            result[BlobKey(oid: oid, language: try row.string(1))] = try row.bool(2)
        }
    }

    /// Returns which of some texts are stored, and which have a vector.
    ///
    /// Costs one round trip.
    ///
    /// - Parameters:
    ///   - hashes: The texts asked for.
    ///   - embedder: The number of the model whose vectors count.
    /// - Returns: The texts that are stored, and those that have a vector.
    /// - Throws: What the database said.
    public func storedTexts(
        among hashes: [SHA256Digest], embedder: Int
    ) throws -> (contents: Set<SHA256Digest>, embeddings: Set<SHA256Digest>) {
        guard !hashes.isEmpty else { return ([], []) }
        let wanted = hashes.map(\.bytes)
        let answers = try connection.pipeline([
            """
            SELECT content_hash FROM contents
            WHERE workspace_id = \(workspace) AND content_hash = ANY(\(wanted))
            """,
            """
            SELECT content_hash FROM embeddings WHERE workspace_id = \(workspace)
                AND embedder_id = \(embedder) AND content_hash = ANY(\(wanted))
            """,
        ])
        func digests(_ rows: Rows) throws -> Set<SHA256Digest> {
            Set(try rows.compactMap { SHA256Digest(bytes: try $0.bytes(0)) })
        }
        return (try digests(answers[0]), try digests(answers[1]))
    }

    /// Writes texts and their vectors; those that are there already stay as they are.
    ///
    /// - Parameters:
    ///   - batch: The content; its blobs are not written.
    ///   - embedder: The number of the model that made the vectors.
    ///   - copying: Whether nobody can have written any of it before, so that COPY may be used.
    /// - Throws: What the database said; with `copying`, a unique violation when somebody did.
    public func writeTexts(of batch: ContentBatch, embedder: Int, copying: Bool) throws {
        let batch = batch.inKeyOrder
        let contents = batch.contentRows(workspace: workspace)
        let embeddings = batch.embeddingRows(workspace: workspace, embedder: embedder)
        if copying {
            try contents.copy(to: connection)
            try embeddings.copy(to: connection)
        } else {
            let statements = try [contents, embeddings].filter { !$0.isEmpty }.map {
                try $0.insertion(connection, conflict: "ON CONFLICT DO NOTHING")
            }
            if !statements.isEmpty { _ = try connection.pipeline(statements) }
        }
    }

    /// Writes blobs with their chunks and symbols, in place of what was there for the same blobs.
    ///
    /// Call it within a transaction, after the texts that the chunks name.
    ///
    /// - Parameters:
    ///   - batch: The content; only its blobs are written.
    ///   - copying: Whether none of the blobs can be there, so that COPY may be used.
    /// - Throws: What the database said.
    public func writeBlobs(of batch: ContentBatch, copying: Bool) throws {
        guard !batch.blobs.isEmpty else { return }
        let batch = batch.inKeyOrder
        let rows = [
            batch.blobRows(workspace: workspace), batch.chunkRows(workspace: workspace),
            batch.symbolRows(workspace: workspace),
        ]
        if copying {
            for table in rows { try table.copy(to: connection) }
            return
        }
        let oids = batch.blobs.map(\.key.oid.bytes)
        let languages = batch.blobs.map(\.key.language)
        var statements: [SQL] = ["blobs", "chunks", "symbols"].map { table in
            """
            DELETE FROM \(unsafe: table) t
            USING unnest(\(oids), \(languages)) AS k (oid, language)
            WHERE t.workspace_id = \(workspace) AND t.blob_oid = k.oid AND t.language = k.language
            """
        }
        for table in rows where !table.isEmpty {
            statements.append(try table.insertion(connection, conflict: "ON CONFLICT DO NOTHING"))
        }
        _ = try connection.pipeline(statements)
    }

    /// Returns the content hashes of some blobs' chunks, in order.
    ///
    /// - Parameter keys: The blobs.
    /// - Returns: The hashes; a blob that is not stored is missing.
    /// - Throws: What the database said.
    public func chunkHashes(of keys: [BlobKey]) throws -> [BlobKey: [SHA256Digest]] {
        guard !keys.isEmpty else { return [:] }
        let rows = try connection.query(
            """
            SELECT c.blob_oid, c.language, c.content_hash
            FROM unnest(\(keys.map(\.oid.bytes)), \(keys.map(\.language))) AS k (oid, language)
            JOIN chunks c ON c.workspace_id = \(workspace) AND c.blob_oid = k.oid
                AND c.language = k.language
            ORDER BY c.blob_oid, c.language, c.ordinal
            """)
        var result: [BlobKey: [SHA256Digest]] = [:]
        for row in rows {
            guard let oid = ObjectID(bytes: try row.bytes(0)),
                let hash = SHA256Digest(bytes: try row.bytes(2))
            else { continue }
            result[BlobKey(oid: oid, language: try row.string(1)), default: []].append(hash)
        }
        return result
    }
}
