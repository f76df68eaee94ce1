public import Cryptography
public import Git
import Postgres

/// What `verify` reads and `--repair` writes: whole rows, as they are stored.
extension IndexStore {
    /// Returns blobs as they are stored, with all chunks and symbols.
    ///
    /// - Parameter keys: The blobs.
    /// - Returns: Those that are there. Where a blob's own row is missing but chunks or symbols
    ///   are not, its size is -1.
    /// - Throws: What the database said.
    public func blobs(_ keys: [BlobKey]) throws -> [BlobKey: BlobRecord] {
        guard !keys.isEmpty else { return [:] }
        let wanted = keyTable(keys)
        func joined(_ columns: String, _ table: String, _ order: String) -> SQL {
            """
            SELECT t.blob_oid, t.language, t.analysis_version, \(unsafe: columns)
            FROM \(wanted)
            JOIN \(unsafe: table) t ON t.workspace_id = \(workspace) AND t.blob_oid = k.oid
                AND t.language = k.language AND t.analysis_version = k.version
            ORDER BY t.blob_oid, t.language, \(unsafe: order)
            """
        }
        let answers = try scoped.pipeline([
            joined("t.size, t.chunk_count", "blobs", "1"),
            joined(
                "t.ordinal, t.kind, t.symbol, t.start_line, t.end_line, t.content_hash", "chunks",
                "t.ordinal"),
            joined(
                """
                t.ordinal, t.chunk_ordinal, t.start_line, t.end_line, t.kind, t.name,
                    t.qualified_name, t.tokens
                """, "symbols", "t.ordinal"),
        ])
        var result: [BlobKey: BlobRecord] = [:]
        for row in answers[0] {
            guard let key = try key(of: row) else { continue }
            result[key] = BlobRecord(key: key, size: try row.int(3), chunks: [], symbols: [])
        }
        try collectChunks(answers[1], into: &result)
        try collectSymbols(answers[2], into: &result)
        // A wrong count is damage too: make the record differ from any that is right.
        for row in answers[0] {
            guard let key = try key(of: row), let blob = result[key] else { continue }
            if Int(try row.int32(4)) != blob.chunks.count { result[key]?.size = -1 }
        }
        return result
    }

    private func collectChunks(_ rows: Rows, into result: inout [BlobKey: BlobRecord]) throws {
        for row in rows {
            guard let key = try key(of: row), let hash = SHA256Digest(bytes: try row.bytes(8))
            else { continue }
            let chunk = BlobRecord.Chunk(
                ordinal: Int(try row.int32(3)), kind: try row.string(4),
                symbol: try row.optionalString(5), startLine: Int(try row.int32(6)),
                endLine: Int(try row.int32(7)), contentHash: hash)
            result[key, default: .missing(key)].chunks.append(chunk)
        }
    }

    private func collectSymbols(_ rows: Rows, into result: inout [BlobKey: BlobRecord]) throws {
        for row in rows {
            guard let key = try key(of: row) else { continue }
            let symbol = BlobRecord.Symbol(
                ordinal: Int(try row.int32(3)), chunkOrdinal: Int(try row.int32(4)),
                startLine: Int(try row.int32(5)), endLine: Int(try row.int32(6)),
                kind: try row.string(7), name: try row.string(8),
                qualifiedName: try row.string(9), tokens: try row.bytes(10))
            result[key, default: .missing(key)].symbols.append(symbol)
        }
    }

    /// Returns texts as they are stored.
    ///
    /// - Parameter hashes: The texts.
    /// - Returns: Those that are there.
    /// - Throws: What the database said.
    public func contents(_ hashes: [SHA256Digest]) throws -> [SHA256Digest: ContentRecord] {
        guard !hashes.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT content_hash, words_version, token_count, tokens, body FROM contents
            WHERE workspace_id = \(workspace) AND content_hash = ANY(\(hashes.map(\.bytes)))
            """)
        var result: [SHA256Digest: ContentRecord] = [:]
        for row in rows {
            guard let hash = SHA256Digest(bytes: try row.bytes(0)) else { continue }
            result[hash] = ContentRecord(
                hash: hash, wordsVersion: Int(try row.int32(1)), tokenCount: Int(try row.int32(2)),
                tokens: try row.bytes(3), body: try row.bytes(4))
        }
        return result
    }

    /// Returns vectors as they are stored.
    ///
    /// - Parameters:
    ///   - hashes: The texts.
    ///   - embedder: The number of the model.
    /// - Returns: Those that are there.
    /// - Throws: What the database said.
    public func embeddings(
        _ hashes: [SHA256Digest], embedder: Int
    ) throws -> [SHA256Digest: EmbeddingRecord] {
        guard !hashes.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT content_hash, vector FROM embeddings WHERE workspace_id = \(workspace)
                AND embedder_id = \(embedder) AND content_hash = ANY(\(hashes.map(\.bytes)))
            """)
        var result: [SHA256Digest: EmbeddingRecord] = [:]
        for row in rows {
            guard let hash = SHA256Digest(bytes: try row.bytes(0)) else { continue }
            result[hash] = EmbeddingRecord(hash: hash, components: halves(try row.bytes(1)))
        }
        return result
    }

    /// The components of pgvector's binary halfvec: two 16-bit words of head, then the halves.
    private func halves(_ bytes: [UInt8]) -> [Float16] {
        stride(from: 4, to: bytes.count - 1, by: 2).map {
            Float16(bitPattern: UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]))
        }
    }

    /// Returns the words of paths as they are stored, as binary tsvectors.
    ///
    /// - Parameters:
    ///   - paths: The paths.
    ///   - wordsVersion: The version of the rules that their words must have been found by.
    /// - Returns: Those that are there.
    /// - Throws: What the database said.
    public func pathTokens(_ paths: [GitPath], wordsVersion: Int) throws -> [GitPath: [UInt8]] {
        guard !paths.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT path, tokens FROM paths
            WHERE workspace_id = \(workspace) AND path = ANY(\(paths.map(\.bytes)))
                AND words_version = \(Int32(wordsVersion))
            """)
        return try rows.reduce(into: [:]) { $0[GitPath(try $1.bytes(0))] = try $1.bytes(1) }
    }

    /// Puts texts and vectors in place of what is stored for them.
    ///
    /// - Parameters:
    ///   - batch: The texts and vectors; its blobs are not written.
    ///   - embedder: The number of the model.
    /// - Throws: What the database said.
    public func replaceTexts(of batch: ContentBatch, embedder: Int) throws {
        let contents = batch.contentRows(workspace: workspace)
        let embeddings = batch.embeddingRows(workspace: workspace, embedder: embedder)
        if !contents.isEmpty {
            try scoped.execute(
                try contents.insertion(
                    connection,
                    conflict: """
                        ON CONFLICT (workspace_id, content_hash) DO UPDATE SET
                            words_version = excluded.words_version,
                            token_count = excluded.token_count, tokens = excluded.tokens,
                            body = excluded.body
                        """))
        }
        if !embeddings.isEmpty {
            try scoped.execute(
                try embeddings.insertion(
                    connection,
                    conflict: """
                        ON CONFLICT (workspace_id, embedder_id, content_hash)
                            DO UPDATE SET vector = excluded.vector
                        """))
        }
    }

    /// Puts the words of paths in place of what is stored for them.
    ///
    /// - Parameter words: The paths with their words.
    /// - Throws: What the database said.
    public func replacePathTokens(_ words: PathWordRows) throws {
        guard !words.rows.isEmpty else { return }
        try scoped.execute(
            try pathRows(words).insertion(
                connection,
                conflict: """
                    ON CONFLICT (workspace_id, path) DO UPDATE SET
                        words_version = excluded.words_version, tokens = excluded.tokens
                    """))
    }
}

extension BlobRecord {
    /// What stands for a blob whose own row is missing.
    fileprivate static func missing(_ key: BlobKey) -> BlobRecord {
        BlobRecord(key: key, size: -1, chunks: [], symbols: [])
    }
}
