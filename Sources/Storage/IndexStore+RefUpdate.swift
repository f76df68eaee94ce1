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
        let isEmpty = try begin(update)
        if isEmpty, update.seed == nil {
            let files = fileRows(of: update)
            if !files.isEmpty { try scoped.execute(files.insertion(connection, conflict: "")) }
            try write(update.pathWords)
            return try recount(ref: update.ref)
        }
        let affected = update.upserts.map(\.path.bytes) + update.deletions.map(\.bytes)
        return try count(update, affected: affected.count) {
            try self.counts(
                of: "f.ref_id = \(update.ref) AND f.path = ANY(\(affected))")
        } change: {
            try changeFiles(update)
        }
    }

    /// Takes a ref from one commit to another by rows that the server holds already.
    ///
    /// Call it within a transaction. Costs a few round trips, and time in proportion to the files
    /// that differ.
    ///
    /// - Parameters:
    ///   - update: What changes; it has no files of its own.
    ///   - staged: The files.
    /// - Returns: The number of files and of chunks that the ref has now.
    /// - Throws: ``StorageError`` with code `refMoved` when the ref stands elsewhere, or what the
    ///   database said.
    public func apply(
        _ update: RefUpdate, staged: StagedFiles
    ) throws -> (files: Int, chunks: Int) {
        let isEmpty = try begin(update)
        return try count(
            update, affected: isEmpty && update.seed == nil ? .max : staged.count
        ) {
            try self.counts(
                of: """
                    f.ref_id = \(update.ref)
                        AND f.path IN (SELECT path FROM \(unsafe: StagedFiles.table))
                    """)
        } change: {
            try changeStagedFiles(ofRef: update.ref)
        }
    }

    /// Begins to hold file rows of a ref on the server, in place of any that were held before.
    ///
    /// Call it outside a transaction, while holding the ref's lock.
    ///
    /// - Returns: The rows, none yet.
    /// - Throws: What the database said.
    public func beginStaging() throws -> StagedFiles {
        try StagedFiles(store: self)
    }

    /// Moves the ref's own row, and gives a new ref the files it begins with.
    ///
    /// - Returns: Whether the ref had no rows.
    private func begin(_ update: RefUpdate) throws -> Bool {
        try checkLock()
        let isEmpty = try moveWatermark(update)
        if let patterns = update.patterns {
            try setPatterns(
                ofRepository: patterns.repository, include: patterns.include,
                exclude: patterns.exclude)
        }
        if isEmpty, let seed = update.seed { try copyFiles(from: seed, to: update.ref) }
        return isEmpty
    }

    /// Changes a ref's files and keeps its sums true: by the difference, or where that is dearer by
    /// counting anew.
    private func count(
        _ update: RefUpdate, affected: Int,
        by counts: () throws -> (files: Int, chunks: Int), change: () throws -> Void
    ) throws -> (files: Int, chunks: Int) {
        if update.recounts || affected > Self.recountThreshold {
            try change()
            return try recount(ref: update.ref)
        }
        let before = try counts()
        try change()
        let after = try counts()
        return try shiftCounts(
            ref: update.ref, files: after.files - before.files,
            chunks: after.chunks - before.chunks)
    }

    /// Above this many changed files, counting all of them is cheaper than the difference.
    private static let recountThreshold = 20_000

    /// Moves the watermark when it stands where the update begins, and holds the row's lock.
    ///
    /// - Returns: Whether the ref has no rows.
    private func moveWatermark(_ update: RefUpdate) throws -> Bool {
        let moved = try scoped.query(
            """
            UPDATE refs SET indexed_commit = \(update.to.bytes), indexed_tree = \(update.tree.bytes),
                vectors_commit = CASE WHEN \(update.vectorsEmbedder ?? 0) > 0
                    THEN \(update.to.bytes) ELSE vectors_commit END,
                vectors_embedder_id = CASE WHEN \(update.vectorsEmbedder ?? 0) > 0
                    THEN \(update.vectorsEmbedder ?? 0) ELSE vectors_embedder_id END,
                seen_commit = \(update.to.bytes), seen_at = now(), indexed_at = now(),
                rules_digest = \(update.rulesDigest)
            WHERE workspace_id = \(workspace) AND id = \(update.ref)
                AND indexed_commit IS NOT DISTINCT FROM nullif(\(update.from?.bytes ?? []), ''::bytea)
            RETURNING NOT EXISTS (SELECT 1 FROM ref_files f
                WHERE f.workspace_id = refs.workspace_id AND f.ref_id = refs.id)
            """)
        guard let row = moved.first else { throw StorageError.refMoved }
        return try row.bool(0)
    }

    /// Gives a ref the files of another one that stands where it is expected to.
    private func copyFiles(from seed: RefUpdate.Seed, to ref: Int) throws {
        let rows = try scoped.query(
            """
            SELECT 1 FROM refs WHERE workspace_id = \(workspace) AND id = \(seed.ref)
                AND indexed_commit = \(seed.commit.bytes) FOR SHARE
            """)
        if rows.isEmpty { throw StorageError.refMoved }
        try scoped.execute(
            """
            INSERT INTO ref_files (workspace_id, ref_id, mode, analysis_version, path, blob_oid,
                language, skipped_reason)
            SELECT workspace_id, \(ref), mode, analysis_version, path, blob_oid, language,
                skipped_reason
            FROM ref_files WHERE workspace_id = \(workspace) AND ref_id = \(seed.ref) ORDER BY path
            """)
        try scoped.execute(
            """
            UPDATE refs SET file_count = s.file_count, chunk_count = s.chunk_count
            FROM refs s WHERE refs.workspace_id = \(workspace) AND refs.id = \(ref)
                AND s.workspace_id = \(workspace) AND s.id = \(seed.ref)
            """)
    }

    /// Puts files of a ref in place of what is stored, takes others out, and counts anew.
    ///
    /// Call it within a transaction.
    ///
    /// - Parameters:
    ///   - update: The commit and tree that the ref's row must name; it has no files of its own.
    ///   - staged: The files.
    /// - Throws: What the database said.
    public func repair(_ update: RefUpdate, staged: StagedFiles) throws {
        try checkLock()
        try scoped.execute(
            """
            UPDATE refs SET indexed_commit = \(update.to.bytes),
                indexed_tree = \(update.tree.bytes), vectors_commit = \(update.to.bytes),
                vectors_embedder_id = \(update.vectorsEmbedder ?? 0),
                rules_digest = \(update.rulesDigest)
            WHERE workspace_id = \(workspace) AND id = \(update.ref)
            """)
        try changeStagedFiles(ofRef: update.ref)
        try recount(ref: update.ref)
    }

    private func changeStagedFiles(ofRef ref: Int) throws {
        let staged = SQL(unsafe: StagedFiles.table)
        _ = try scoped.pipeline([
            """
            DELETE FROM ref_files f USING \(staged) s WHERE s.blob_oid IS NULL
                AND f.workspace_id = \(workspace) AND f.ref_id = \(ref) AND f.path = s.path
            """,
            """
            INSERT INTO ref_files (workspace_id, ref_id, mode, analysis_version, path, blob_oid,
                language, skipped_reason)
            SELECT \(workspace), \(ref), mode, analysis_version, path, blob_oid, language,
                skipped_reason
            FROM \(staged) WHERE blob_oid IS NOT NULL
            \(unsafe: Self.replacingFiles)
            """,
        ])
    }

    /// Leaves rows that are right as they are.
    private static let replacingFiles = """
        ON CONFLICT (workspace_id, ref_id, path) DO UPDATE SET mode = excluded.mode,
            analysis_version = excluded.analysis_version, blob_oid = excluded.blob_oid,
            language = excluded.language, skipped_reason = excluded.skipped_reason
        WHERE (ref_files.mode, ref_files.analysis_version, ref_files.blob_oid, ref_files.language,
            ref_files.skipped_reason) IS DISTINCT FROM (excluded.mode, excluded.analysis_version,
            excluded.blob_oid, excluded.language, excluded.skipped_reason)
        """

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
                    conflict: Self.replacingFiles))
        }
        if !statements.isEmpty { _ = try scoped.pipeline(statements) }
        try write(update.pathWords)
    }

    private func fileRows(of update: RefUpdate) -> RowBatch {
        var rows = RowBatch(
            table: "ref_files",
            [
                .init("workspace_id", .int64), .init("ref_id", .int64), .init("mode", .int32),
                .init("analysis_version", .int32), .init("path", .bytes),
                .init("blob_oid", .bytes), .init("language", .text),
                .init("skipped_reason", .text),
            ])
        for file in update.upserts {
            rows.append(int64: workspace)
            rows.append(int64: update.ref)
            rows.append(int32: Int(file.mode.rawValue))
            rows.append(int32: file.version)
            rows.append(bytes: file.path.bytes)
            rows.append(bytes: file.oid.bytes)
            rows.append(text: file.language)
            rows.append(text: file.skippedReason?.rawValue)
        }
        return rows
    }

    private func write(_ words: PathWordRows?) throws {
        if let words { try writePathWords(words) }
    }

    /// Writes the words of paths; those that are there stay, unless other rules found them.
    ///
    /// - Parameter words: The paths with their words.
    /// - Throws: What the database said.
    public func writePathWords(_ words: PathWordRows) throws {
        guard !words.rows.isEmpty else { return }
        let insertion = try pathRows(words).insertion(
            connection,
            conflict: """
                ON CONFLICT (workspace_id, path) DO UPDATE SET
                    words_version = excluded.words_version, tokens = excluded.tokens
                WHERE paths.words_version <> excluded.words_version
                """)
        try scoped.execute(insertion)
    }

    func pathRows(_ words: PathWordRows) -> RowBatch {
        var rows = RowBatch(
            table: "paths",
            [
                .init("workspace_id", .int64), .init("words_version", .int32),
                .init("path", .bytes), .init("tokens", .wordVector),
            ])
        // In order, so that two that write the same paths wait and never in a circle.
        for path in words.rows.sorted(by: { $0.path < $1.path }) {
            rows.append(int64: workspace)
            rows.append(int32: words.version)
            rows.append(bytes: path.path.bytes)
            rows.append(bytes: path.tokens)
        }
        return rows
    }

    /// The sums over some of the files of refs `f`.
    private func counts(of condition: SQL) throws -> (files: Int, chunks: Int) {
        let select: SQL = """
            SELECT count(*), coalesce(sum(b.chunk_count), 0)::int8
            FROM ref_files f LEFT JOIN blobs b ON b.workspace_id = f.workspace_id
                AND b.blob_oid = f.blob_oid AND b.language = f.language
                AND b.analysis_version = f.analysis_version AND f.skipped_reason IS NULL
            WHERE f.workspace_id = \(workspace) AND 
            """
        let rows = try scoped.query(select + condition)
        guard let row = rows.first else { return (0, 0) }
        return (try row.int(0), try row.int(1))
    }

    private func shiftCounts(
        ref: Int, files: Int, chunks: Int
    ) throws -> (files: Int, chunks: Int) {
        let rows = try scoped.query(
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
        let rows = try scoped.query(
            """
            UPDATE refs SET (file_count, chunk_count) = (
                SELECT count(*), coalesce(sum(b.chunk_count), 0)
                FROM ref_files f LEFT JOIN blobs b ON b.workspace_id = f.workspace_id
                    AND b.blob_oid = f.blob_oid AND b.language = f.language
                    AND b.analysis_version = f.analysis_version AND f.skipped_reason IS NULL
                WHERE f.workspace_id = \(workspace) AND f.ref_id = \(ref))
            WHERE workspace_id = \(workspace) AND id = \(ref) RETURNING file_count, chunk_count
            """)
        guard let row = rows.first else { return (0, 0) }
        return (try row.int(0), try row.int(1))
    }
}
