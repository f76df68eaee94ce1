public import Cryptography
import Git
import Postgres

extension IndexStore {
    /// Whether no text was ever stored, by any workspace.
    ///
    /// Looks at the size of the table, which row-level security cannot hide.
    ///
    /// - Returns: Whether the table of texts takes no room.
    /// - Throws: What the database said.
    public func holdsNoContents() throws -> Bool {
        try scoped.query("SELECT pg_relation_size('contents') = 0").only().bool(0)
    }

    /// The keys of blobs as a table `k (oid, language, version)`.
    func keyTable(_ keys: [BlobKey]) -> SQL {
        """
        unnest(\(keys.map(\.oid.bytes)), \(keys.map(\.language)),
            \(keys.map { Int32($0.version) })) AS k (oid, language, version)
        """
    }

    /// Returns which of some blobs are stored.
    ///
    /// - Parameters:
    ///   - keys: The blobs asked for.
    ///   - embedder: The number of the model whose vectors count.
    /// - Returns: Those that are stored, each with whether all its texts have their vectors.
    /// - Throws: What the database said.
    public func storedBlobs(
        among keys: [BlobKey], embedder: Int
    ) throws -> [BlobKey: Bool] {
        guard !keys.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT b.blob_oid, b.language, b.analysis_version, NOT EXISTS (
                SELECT 1 FROM chunks c LEFT JOIN embeddings e ON e.workspace_id = c.workspace_id
                    AND e.embedder_id = \(embedder) AND e.content_hash = c.content_hash
                WHERE c.workspace_id = b.workspace_id AND c.blob_oid = b.blob_oid
                    AND c.language = b.language AND c.analysis_version = b.analysis_version
                    AND e.content_hash IS NULL)
            FROM \(keyTable(keys))
            JOIN blobs b ON b.workspace_id = \(workspace) AND b.blob_oid = k.oid
                AND b.language = k.language AND b.analysis_version = k.version
            """)
        return try rows.reduce(into: [:]) { result, row in
            if let key = try key(of: row) { result[key] = try row.bool(3) }
        }
    }

    /// The key in the first three columns of a row.
    func key(of row: Row) throws -> BlobKey? {
        guard let oid = ObjectID(bytes: try row.bytes(0)) else { return nil }
        return BlobKey(oid: oid, language: try row.string(1), version: Int(try row.int32(2)))
    }

    /// Returns which of some texts are stored, and which have a vector.
    ///
    /// Costs one round trip.
    ///
    /// - Parameters:
    ///   - hashes: The texts asked for.
    ///   - wordsVersion: The version of the rules that their words must have been found by.
    ///   - embedder: The number of the model whose vectors count.
    /// - Returns: The texts that are stored, and those that have a vector.
    /// - Throws: What the database said.
    public func storedTexts(
        among hashes: [SHA256Digest], wordsVersion: Int, embedder: Int
    ) throws -> (contents: Set<SHA256Digest>, embeddings: Set<SHA256Digest>) {
        guard !hashes.isEmpty else { return ([], []) }
        let wanted = hashes.map(\.bytes)
        let answers = try scoped.pipeline([
            """
            SELECT content_hash FROM contents
            WHERE workspace_id = \(workspace) AND content_hash = ANY(\(wanted))
                AND words_version = \(Int32(wordsVersion))
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

    /// Writes texts and their vectors; those that are there already stay as they are, unless their
    /// words were found by other rules.
    ///
    /// - Parameters:
    ///   - batch: The content; its blobs are not written.
    ///   - embedder: The number of the model that made the vectors.
    ///   - isNew: Whether nobody can have written any of it before.
    /// - Throws: What the database said; with `isNew`, a unique violation when somebody did.
    public func writeTexts(of batch: ContentBatch, embedder: Int, isNew: Bool) throws {
        let batch = batch.inKeyOrder
        let contents = batch.contentRows(workspace: workspace)
        let embeddings = batch.embeddingRows(workspace: workspace, embedder: embedder)
        var statements: [SQL] = []
        if !contents.isEmpty {
            statements.append(
                try contents.insertion(
                    connection, conflict: isNew ? "" : Self.replacingOtherWords))
        }
        if !embeddings.isEmpty {
            statements.append(
                try embeddings.insertion(
                    connection, conflict: isNew ? "" : "ON CONFLICT DO NOTHING"))
        }
        if !statements.isEmpty { _ = try scoped.pipeline(statements) }
    }

    private static let replacingOtherWords = """
        ON CONFLICT (workspace_id, content_hash) DO UPDATE SET
            words_version = excluded.words_version, token_count = excluded.token_count,
            tokens = excluded.tokens
        WHERE contents.words_version <> excluded.words_version
        """

    /// Writes blobs with their chunks and symbols, in place of what was there for the same blobs.
    ///
    /// Call it within a transaction, after the texts that the chunks name.
    ///
    /// - Parameters:
    ///   - batch: The content; only its blobs are written.
    ///   - isNew: Whether none of the blobs can be there.
    /// - Throws: What the database said.
    public func writeBlobs(of batch: ContentBatch, isNew: Bool) throws {
        guard !batch.blobs.isEmpty else { return }
        let batch = batch.inKeyOrder
        let rows = [
            batch.blobRows(workspace: workspace), batch.chunkRows(workspace: workspace),
            batch.symbolRows(workspace: workspace),
        ]
        var statements: [SQL] = []
        if !isNew {
            let keys = keyTable(batch.blobs.map(\.key))
            statements += ["blobs", "chunks", "symbols"].map { table in
                """
                DELETE FROM \(unsafe: table) t
                USING \(keys)
                WHERE t.workspace_id = \(workspace) AND t.blob_oid = k.oid
                    AND t.language = k.language AND t.analysis_version = k.version
                """
            }
        }
        let conflict = isNew ? "" : "ON CONFLICT DO NOTHING"
        for table in rows where !table.isEmpty {
            statements.append(try table.insertion(connection, conflict: conflict))
        }
        _ = try scoped.pipeline(statements)
    }

    /// Returns the content hashes of some blobs' chunks, in order.
    ///
    /// - Parameter keys: The blobs.
    /// - Returns: The hashes; a blob that is not stored is missing.
    /// - Throws: What the database said.
    public func chunkHashes(of keys: [BlobKey]) throws -> [BlobKey: [SHA256Digest]] {
        guard !keys.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT c.blob_oid, c.language, c.analysis_version, c.content_hash
            FROM \(keyTable(keys))
            JOIN chunks c ON c.workspace_id = \(workspace) AND c.blob_oid = k.oid
                AND c.language = k.language AND c.analysis_version = k.version
            ORDER BY c.blob_oid, c.language, c.analysis_version, c.ordinal
            """)
        var result: [BlobKey: [SHA256Digest]] = [:]
        for row in rows {
            guard let key = try key(of: row), let hash = SHA256Digest(bytes: try row.bytes(3))
            else { continue }
            result[key, default: []].append(hash)
        }
        return result
    }
}
