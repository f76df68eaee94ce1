public import Git
import Postgres

extension IndexStore {
    /// Returns a page of a ref's files, by path.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - path: The path after which the page begins; nil for the first page.
    ///   - limit: How many files the page holds at most.
    /// - Returns: The files.
    /// - Throws: What the database said.
    public func files(
        ofRef ref: Int, after path: GitPath?, limit: Int
    ) throws -> [RefFileRecord] {
        try files(
            where: """
                f.ref_id = \(ref) AND f.path > \(path?.bytes ?? []) ORDER BY f.path LIMIT \(limit)
                """)
    }

    /// Returns some of a ref's files.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - paths: Their paths.
    /// - Returns: Those that are there.
    /// - Throws: What the database said.
    public func files(ofRef ref: Int, at paths: [GitPath]) throws -> [RefFileRecord] {
        guard !paths.isEmpty else { return [] }
        return try files(where: "f.ref_id = \(ref) AND f.path = ANY(\(paths.map(\.bytes)))")
    }

    /// Returns the files that a ref's index leaves out, with the reasons.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - limit: How many at most.
    /// - Returns: The files, by path.
    /// - Throws: What the database said.
    public func skippedFiles(ofRef ref: Int, limit: Int) throws -> [RefFileRecord] {
        try files(
            where: """
                f.ref_id = \(ref) AND f.skipped_reason IS NOT NULL ORDER BY f.path LIMIT \(limit)
                """)
    }

    /// Returns the first files of a ref whose objects were not in the repository.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - limit: How many at most.
    /// - Returns: The files, by path.
    /// - Throws: What the database said.
    public func missingFiles(ofRef ref: Int, limit: Int = 1) throws -> [RefFileRecord] {
        try files(
            where: """
                f.ref_id = \(ref) AND f.skipped_reason = 'missing' ORDER BY f.path LIMIT \(limit)
                """)
    }

    /// Calls `body` for each file of a ref whose object was not in the repository, by path.
    ///
    /// Rows are streamed, so memory does not grow with them. `body` must not use the store.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - body: Gets each file.
    /// - Throws: What `body` throws, or what the database said.
    public func forEachMissingFile(
        ofRef ref: Int, _ body: (RefFileRecord) throws -> Void
    ) throws {
        try scoped.forEachRow(
            selectFiles(where: "f.ref_id = \(ref) AND f.skipped_reason = 'missing' ORDER BY f.path")
        ) { try body(file(in: $0)) }
    }

    /// Returns how many files a ref's index leaves out, by reason.
    ///
    /// - Parameter ref: The ref's number.
    /// - Returns: The numbers of files.
    /// - Throws: What the database said.
    public func skippedCounts(ofRef ref: Int) throws -> [SkipReason: Int] {
        let rows = try scoped.query(
            """
            SELECT skipped_reason, count(*) FROM ref_files
            WHERE workspace_id = \(workspace) AND ref_id = \(ref) AND skipped_reason IS NOT NULL
            GROUP BY skipped_reason
            """)
        var result: [SkipReason: Int] = [:]
        for row in rows {
            if let reason = SkipReason(rawValue: try row.string(0)) {
                result[reason] = try row.int(1)
            }
        }
        return result
    }

    private func files(where condition: SQL) throws -> [RefFileRecord] {
        try scoped.query(selectFiles(where: condition)).map(file(in:))
    }

    private func selectFiles(where condition: SQL) -> SQL {
        """
        SELECT f.path, f.blob_oid, f.mode, f.language, f.analysis_version, f.skipped_reason
        FROM ref_files f
        WHERE f.workspace_id = \(workspace) AND \(condition)
        """
    }

    private func file(in row: Row) throws -> RefFileRecord {
        guard let oid = ObjectID(bytes: try row.bytes(1)),
            let mode = FileMode(rawValue: UInt16(clamping: try row.int32(2)))
        else {
            throw StorageError(
                code: .damagedRow,
                message: "the row of \(GitPath(try row.bytes(0))) holds no mode of git's",
                remedy: "restore the database, or drop and index it anew")
        }
        return RefFileRecord(
            path: GitPath(try row.bytes(0)), oid: oid, mode: mode,
            language: try row.string(3), version: Int(try row.int32(4)),
            skippedReason: try row.optionalString(5).flatMap(SkipReason.init(rawValue:)))
    }

    /// Calls `body` for every chunk of a ref, and once for each file without any, by path.
    ///
    /// Rows are streamed, so memory does not grow with the ref.
    ///
    /// - Parameters:
    ///   - ref: The ref's number.
    ///   - body: Gets the path, the object, and the chunk's hash and lines where there is one.
    /// - Throws: What `body` throws, or what the database said.
    public func forEachIndexedChunk(
        ofRef ref: Int,
        _ body: (
            _ path: UnsafeRawBufferPointer, _ oid: UnsafeRawBufferPointer,
            _ chunk: (hash: [UInt8], startLine: Int, endLine: Int)?
        ) throws -> Void
    ) throws {
        let statement: SQL = """
            SELECT f.path, f.blob_oid, c.content_hash, c.start_line, c.end_line
            FROM ref_files f LEFT JOIN chunks c ON c.workspace_id = f.workspace_id
                AND c.blob_oid = f.blob_oid AND c.language = f.language
                AND c.analysis_version = f.analysis_version AND f.skipped_reason IS NULL
            WHERE f.workspace_id = \(workspace) AND f.ref_id = \(ref) ORDER BY f.path
            """
        try scoped.forEachRow(statement) { row in
            var chunk: (hash: [UInt8], startLine: Int, endLine: Int)?
            if let hash = try row.optionalBytes(2) {
                chunk = (hash, Int(try row.int32(3)), Int(try row.int32(4)))
            }
            try row.withBytes(0) { path in
                try row.withBytes(1) { oid in try body(path, oid, chunk) }
            }
        }
    }
}
