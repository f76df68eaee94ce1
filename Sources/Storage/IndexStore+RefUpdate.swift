import Git
import Postgres

extension IndexStore {
    /// Takes a ref from one commit to another.
    ///
    /// Call it within a transaction: readers then see either the old tree or the new one. Costs a
    /// few round trips, and rows in proportion to the files that differ.
    ///
    /// - Parameter update: What changes.
    /// - Returns: The number of files and of chunks that the ref has now.
    /// - Throws: ``StorageError`` with code `refMoved` when the ref stands elsewhere, or what the
    ///   database said.
    public func apply(_ update: RefUpdate) throws -> (files: Int, chunks: Int) {
        let wasEmpty = try moveWatermark(update)
        if wasEmpty {
            try fileRows(of: update).copy(to: connection)
            try writePathTokens(update.pathTokens)
            return try recount(ref: update.ref)
        }
        let affected = update.upserts.map(\.path.bytes) + update.deletions.map(\.bytes)
        if affected.count > Self.recountThreshold {
            try changeFiles(update)
            return try recount(ref: update.ref)
        }
        let before = try counts(ofPaths: affected, ref: update.ref)
        try changeFiles(update)
        let after = try counts(ofPaths: affected, ref: update.ref)
        return try shiftCounts(
            ref: update.ref, files: after.files - before.files,
            chunks: after.chunks - before.chunks)
    }

    /// Above this many changed files, counting all of them is cheaper than the difference.
    private static let recountThreshold = 20_000

    /// Moves the watermark when it stands where the update begins, and holds the row's lock.
    private func moveWatermark(_ update: RefUpdate) throws -> Bool {
        let moved = try connection.query(
            """
            UPDATE refs SET indexed_commit = \(update.to.bytes), indexed_tree = \(update.tree.bytes),
                vectors_commit = CASE WHEN \(update.vectorsComplete) THEN \(update.to.bytes)
                    ELSE vectors_commit END,
                seen_commit = \(update.to.bytes), seen_at = now(), indexed_at = now(),
                rules_digest = \(update.rulesDigest)
            WHERE workspace_id = \(workspace) AND id = \(update.ref)
                AND indexed_commit IS NOT DISTINCT FROM nullif(\(update.from?.bytes ?? []), ''::bytea)
            RETURNING file_count
            """)
        guard let row = moved.first else {
            throw StorageError(
                code: .refMoved, message: "the ref was indexed by another process meanwhile",
                remedy: "run the command again")
        }
        return try row.int(0) == 0 && update.deletions.isEmpty
    }

    /// Puts files of a ref in place of what is stored, takes others out, and counts anew.
    ///
    /// Call it within a transaction.
    ///
    /// - Parameter update: The files, and the commit and tree that the ref's row must name.
    /// - Throws: What the database said.
    public func repair(_ update: RefUpdate) throws {
        try connection.execute(
            """
            UPDATE refs SET indexed_tree = \(update.tree.bytes), vectors_commit = \(update.to.bytes),
                rules_digest = \(update.rulesDigest)
            WHERE workspace_id = \(workspace) AND id = \(update.ref)
            """)
        try changeFiles(update)
        try recount(ref: update.ref)
    }

    private func changeFiles(_ update: RefUpdate) throws {
        var statements: [SQL] = []
        if !update.deletions.isEmpty {
            statements.append(
                """
                DELETE FROM ref_files WHERE workspace_id = \(workspace) AND ref_id = \(update.ref)
                    AND path = ANY(\(update.deletions.map(\.bytes)))
                """)
        }
        if !update.upserts.isEmpty {
            statements.append(
                try fileRows(of: update).insertion(
                    connection,
                    conflict: """
                        ON CONFLICT (workspace_id, ref_id, path) DO UPDATE SET mode = excluded.mode,
                            blob_oid = excluded.blob_oid, language = excluded.language,
                            skipped_reason = excluded.skipped_reason
                        """))
        }
        if !statements.isEmpty { _ = try connection.pipeline(statements) }
        try writePathTokens(update.pathTokens)
    }

    private func fileRows(of update: RefUpdate) -> RowBatch {
        var rows = RowBatch(
            table: "ref_files",
            [
                .init("workspace_id", .int64), .init("ref_id", .int64), .init("mode", .int32),
                .init("path", .bytes), .init("blob_oid", .bytes), .init("language", .text),
                .init("skipped_reason", .text),
            ])
        for file in update.upserts {
            rows.append(int64: workspace)
            rows.append(int64: update.ref)
            rows.append(int32: Int(file.mode.rawValue))
            rows.append(bytes: file.path.bytes)
            rows.append(bytes: file.oid.bytes)
            rows.append(text: file.language)
            rows.append(text: file.skippedReason?.rawValue)
        }
        return rows
    }

    /// Writes the words of paths; paths that are there already stay as they are.
    ///
    /// - Parameter tokens: The paths with their words, as binary tsvectors.
    /// - Throws: What the database said.
    func writePathTokens(_ tokens: [(path: GitPath, tokens: [UInt8])]) throws {
        guard !tokens.isEmpty else { return }
        let insertion = try pathRows(tokens).insertion(
            connection, conflict: "ON CONFLICT DO NOTHING")
        try connection.execute(insertion)
    }

    func pathRows(_ tokens: [(path: GitPath, tokens: [UInt8])]) -> RowBatch {
        var rows = RowBatch(
            table: "paths",
            [.init("workspace_id", .int64), .init("path", .bytes), .init("tokens", .wordVector)])
        for path in tokens {
            rows.append(int64: workspace)
            rows.append(bytes: path.path.bytes)
            rows.append(bytes: path.tokens)
        }
        return rows
    }

    private func counts(
        ofPaths paths: [[UInt8]], ref: Int
    ) throws -> (files: Int, chunks: Int) {
        let rows = try connection.query(
            """
            SELECT count(*), coalesce(sum(b.chunk_count), 0)::int8
            FROM ref_files f LEFT JOIN blobs b ON b.workspace_id = f.workspace_id
                AND b.blob_oid = f.blob_oid AND b.language = f.language
                AND f.skipped_reason IS NULL
            WHERE f.workspace_id = \(workspace) AND f.ref_id = \(ref) AND f.path = ANY(\(paths))
            """)
        guard let row = rows.first else { return (0, 0) }
        return (try row.int(0), try row.int(1))
    }

    private func shiftCounts(
        ref: Int, files: Int, chunks: Int
    ) throws -> (files: Int, chunks: Int) {
        let rows = try connection.query(
            """
            UPDATE refs SET file_count = file_count + \(files), chunk_count = chunk_count + \(chunks)
            WHERE workspace_id = \(workspace) AND id = \(ref) RETURNING file_count, chunk_count
            """)
        guard let row = rows.first else { return (0, 0) }
        return (try row.int(0), try row.int(1))
    }

    /// Counts a ref's files and chunks anew and writes the sums down.
    ///
    /// - Parameter ref: The ref's number.
    /// - Returns: The sums.
    /// - Throws: What the database said.
    @discardableResult
    public func recount(ref: Int) throws -> (files: Int, chunks: Int) {
        let rows = try connection.query(
            """
            UPDATE refs SET (file_count, chunk_count) = (
                SELECT count(*), coalesce(sum(b.chunk_count), 0)
                FROM ref_files f LEFT JOIN blobs b ON b.workspace_id = f.workspace_id
                    AND b.blob_oid = f.blob_oid AND b.language = f.language
                    AND f.skipped_reason IS NULL
                WHERE f.workspace_id = \(workspace) AND f.ref_id = \(ref))
            WHERE workspace_id = \(workspace) AND id = \(ref) RETURNING file_count, chunk_count
            """)
        guard let row = rows.first else { return (0, 0) }
        return (try row.int(0), try row.int(1))
    }
}
