public import Git
import Postgres

extension IndexStore {
    /// Returns a ref of a repository, or nil.
    ///
    /// - Parameters:
    ///   - name: The ref's full name.
    ///   - repository: The repository's number.
    /// - Returns: The ref, or nil when it was never indexed.
    /// - Throws: What the database said.
    public func ref(named name: String, ofRepository repository: Int) throws -> RefRecord? {
        try refs(where: "repository_id = \(repository) AND name = \(name)").first
    }

    /// Returns every ref of a repository that stands for a tree of files, the one asked for last
    /// first.
    ///
    /// What was synchronised besides (``SyncedRef``) is not among them.
    ///
    /// - Parameter repository: The repository's number.
    /// - Returns: The refs.
    /// - Throws: What the database said.
    public func refs(ofRepository repository: Int) throws -> [RefRecord] {
        try refs(
            where: "repository_id = \(repository) AND NOT starts_with(name, \(SyncedRef.prefix))")
    }

    /// Returns a ref, making it when it is not there.
    ///
    /// - Parameters:
    ///   - name: The ref's full name.
    ///   - repository: The repository's number.
    /// - Returns: The ref.
    /// - Throws: What the database said.
    public func makeRef(named name: String, ofRepository repository: Int) throws -> RefRecord {
        if let found = try ref(named: name, ofRepository: repository) { return found }
        try scoped.execute(
            """
            INSERT INTO refs (workspace_id, repository_id, name)
            VALUES (\(workspace), \(repository), \(name)) ON CONFLICT DO NOTHING
            """)
        guard let made = try ref(named: name, ofRepository: repository) else {
            throw StorageError(
                code: .notFound, message: "the repository of \(name) was removed meanwhile",
                remedy: "run the command again")
        }
        return made
    }

    /// Writes down where a ref was seen, whether or not the index has followed.
    ///
    /// It is then the ref asked for last, which a search answers from unless told otherwise.
    ///
    /// - Parameters:
    ///   - commit: The commit.
    ///   - ref: The ref's number.
    /// - Throws: What the database said.
    public func setSeenCommit(_ commit: ObjectID, ofRef ref: Int) throws {
        try scoped.execute(
            """
            UPDATE refs SET seen_commit = \(commit.bytes), seen_at = now()
            WHERE workspace_id = \(workspace) AND id = \(ref)
            """)
    }

    /// Writes down where refs stand at their remote, all in one statement.
    ///
    /// Those that were indexed meanwhile keep what that run saw, and those that a run holds just now
    /// are passed over.
    ///
    /// - Parameter refs: The refs as they were read before the remote was asked, with the commits.
    /// - Throws: What the database said.
    public func setSeenCommits(_ refs: [(ref: RefRecord, commit: ObjectID)]) throws {
        guard !refs.isEmpty else { return }
        try scoped.execute(
            """
            WITH held AS MATERIALIZED (
                SELECT r.id, s.seen FROM unnest(\(refs.map(\.ref.id)),
                    \(refs.map { $0.ref.indexedCommit?.bytes }), \(refs.map(\.commit.bytes)))
                    AS s (id, indexed, seen)
                JOIN refs r ON r.id = s.id AND r.indexed_commit IS NOT DISTINCT FROM s.indexed
                WHERE r.workspace_id = \(workspace)
                FOR NO KEY UPDATE OF r SKIP LOCKED
            )
            UPDATE refs SET seen_commit = held.seen, seen_at = now() FROM held
            WHERE refs.workspace_id = \(workspace) AND refs.id = held.id
            """)
    }

    /// Forgets a ref and what its tree holds; contents stay until they are collected.
    ///
    /// - Parameter ref: The ref's number.
    /// - Throws: What the database said.
    public func deleteRef(_ ref: Int) throws {
        try scoped.execute(
            "DELETE FROM refs WHERE workspace_id = \(workspace) AND id = \(ref)")
    }

    private func refs(where condition: SQL) throws -> [RefRecord] {
        let select: SQL = """
            SELECT id, repository_id, name, indexed_commit, indexed_tree, vectors_commit, seen_commit,
                rules_digest, file_count, chunk_count, extract(epoch FROM indexed_at)::float8,
                vectors_embedder_id,
                coalesce(extract(epoch FROM now() - seen_at) / 86400, 0)::float8
            FROM refs WHERE workspace_id = \(workspace) AND 
            """
        let order: SQL = " ORDER BY seen_at DESC NULLS LAST, name"
        return try scoped.query(select + condition + order).map { row in
            RefRecord(
                id: try row.int(0), repositoryID: try row.int(1), name: try row.string(2),
                indexedCommit: try row.optionalBytes(3).flatMap(ObjectID.init(bytes:)),
                indexedTree: try row.optionalBytes(4).flatMap(ObjectID.init(bytes:)),
                vectorsCommit: try row.optionalBytes(5).flatMap(ObjectID.init(bytes:)),
                vectorsEmbedder: try row.optionalInt(11),
                seenCommit: try row.optionalBytes(6).flatMap(ObjectID.init(bytes:)),
                rulesDigest: try row.optionalBytes(7), fileCount: try row.int(8),
                chunkCount: try row.int(9), indexedAt: try row.optionalDouble(10),
                daysSinceSeen: try row.double(12))
        }
    }
}
