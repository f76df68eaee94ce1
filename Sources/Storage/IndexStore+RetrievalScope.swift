public import Git
import Postgres

extension IndexStore {
    /// Runs `body` so that all it reads is of one moment, with plans made for search.
    ///
    /// Plans are made for the values at hand, and joins follow the order of the best candidates
    /// instead of reading whole tables.
    ///
    /// - Parameters:
    ///   - timeLimitMilliseconds: How long one statement may run.
    ///   - body: The statements; gets the number of texts in the database, which is an estimate.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what the database said.
    public func searching<R>(
        timeLimitMilliseconds: Int, _ body: (_ textCount: Int) throws -> R
    ) throws -> R {
        try scoped.transaction(.repeatableRead, isReadOnly: true) {
            // What was counted when the table was analysed, scaled to its present size.
            let rows = try scoped.query(
                """
                SELECT greatest(reltuples, 0) / greatest(relpages, 1) * pg_relation_size(oid)
                        / current_setting('block_size')::int8,
                    set_config('plan_cache_mode', 'force_custom_plan', true),
                    set_config('enable_hashjoin', 'off', true),
                    set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
                    set_config('statement_timeout', \(String(timeLimitMilliseconds)), true)
                FROM pg_class WHERE oid = 'contents'::regclass
                """)
            return try body(Int(try rows.only().double(0)))
        }
    }

    /// Returns the refs that have been indexed: within a repository the remote's default branch comes
    /// first, of a remote one then its other branches, then the one asked for last, and heads of pull
    /// requests after all others.
    ///
    /// - Parameter repository: The name of the one repository asked for; nil for all.
    /// - Returns: The refs, by repository.
    /// - Throws: What the database said.
    public func searchableRefs(repository: String?) throws -> [SearchableRef] {
        var statement: SQL = """
            SELECT r.id, r.repository_id, r.name, r.indexed_commit, r.indexed_tree,
                r.vectors_commit, r.seen_commit, r.file_count, r.chunk_count,
                extract(epoch FROM r.indexed_at)::float8, p.name, p.url, r.vectors_embedder_id
            FROM refs r JOIN repositories p
                ON p.workspace_id = r.workspace_id AND p.id = r.repository_id
            WHERE r.workspace_id = \(workspace) AND r.indexed_commit IS NOT NULL
            """
        if let repository { statement += " AND p.name = \(repository)" }
        statement += """
             ORDER BY p.name, (r.name = p.default_ref) DESC NULLS LAST,
                (p.default_ref IS NOT NULL AND NOT starts_with(r.name, 'refs/heads/')),
                starts_with(r.name, 'refs/pull/'), r.seen_at DESC NULLS LAST, r.name
            """
        return try scoped.query(statement).map { row in
            SearchableRef(
                ref: RefRecord(
                    id: try row.int(0), repositoryID: try row.int(1), name: try row.string(2),
                    indexedCommit: try row.optionalBytes(3).flatMap(ObjectID.init(bytes:)),
                    indexedTree: try row.optionalBytes(4).flatMap(ObjectID.init(bytes:)),
                    vectorsCommit: try row.optionalBytes(5).flatMap(ObjectID.init(bytes:)),
                    vectorsEmbedder: try row.optionalInt(12),
                    seenCommit: try row.optionalBytes(6).flatMap(ObjectID.init(bytes:)),
                    rulesDigest: nil, fileCount: try row.int(7), chunkCount: try row.int(8),
                    indexedAt: try row.optionalDouble(9)),
                repository: try row.string(10), url: try row.string(11))
        }
    }

    /// Returns the paths that refs hold and that are indexed.
    ///
    /// - Parameter scope: Where to look.
    /// - Returns: The paths, each once, with the number of chunks in files of that path.
    /// - Throws: What the database said.
    public func indexedPaths(in scope: RetrievalScope) throws -> [(path: GitPath, chunks: Int)] {
        let statement: SQL = """
            SELECT f.path, sum(b.chunk_count)::int8 FROM ref_files f JOIN blobs b
                ON b.workspace_id = f.workspace_id AND b.blob_oid = f.blob_oid
                AND b.language = f.language AND b.analysis_version = f.analysis_version
            WHERE \(scope.condition(workspace: workspace)) GROUP BY f.path
            """
        return try scoped.query(statement).map {
            (GitPath(try $0.bytes(0)), try $0.int(1))
        }
    }

    /// Returns every language that an indexed file of the workspace has.
    ///
    /// Costs a pass over the rows of all files.
    ///
    /// - Returns: The languages' names, in order.
    /// - Throws: What the database said.
    public func indexedLanguages() throws -> [String] {
        try scoped.query(
            """
            SELECT DISTINCT language FROM ref_files
            WHERE workspace_id = \(workspace) AND skipped_reason IS NULL ORDER BY language
            """
        ).map { try $0.string(0) }
    }

    /// Returns how many files some refs leave out.
    ///
    /// - Parameter refs: The refs' numbers.
    /// - Returns: The numbers of files, by ref.
    /// - Throws: What the database said.
    public func filesLeftOut(ofRefs refs: [Int]) throws -> [Int: Int] {
        let rows = try scoped.query(
            """
            SELECT ref_id, count(*) FROM ref_files
            WHERE workspace_id = \(workspace) AND ref_id = ANY(\(refs))
                AND skipped_reason IS NOT NULL
            GROUP BY ref_id
            """)
        return try rows.reduce(into: [:]) { $0[try $1.int(0)] = try $1.int(1) }
    }

    /// Returns which refs were indexed by other rules than the ref of the same repository that was
    /// indexed last.
    ///
    /// - Parameter refs: The refs' numbers.
    /// - Returns: The numbers of those of other rules.
    /// - Throws: What the database said.
    public func refsOfOtherRules(among refs: [Int]) throws -> Set<Int> {
        let rows = try scoped.query(
            """
            SELECT r.id FROM refs r WHERE r.workspace_id = \(workspace) AND r.id = ANY(\(refs))
                AND r.rules_digest <> (SELECT n.rules_digest FROM refs n
                    WHERE n.workspace_id = r.workspace_id AND n.repository_id = r.repository_id
                        AND n.rules_digest IS NOT NULL
                        AND NOT starts_with(n.name, \(SyncedRef.prefix))
                    ORDER BY n.indexed_at DESC NULLS LAST LIMIT 1)
            """)
        return Set(try rows.map { try $0.int(0) })
    }

    /// Returns the number of a model that has made vectors, or nil.
    ///
    /// - Parameters:
    ///   - provider: Who computes the vectors.
    ///   - model: The model's name.
    ///   - revision: Its version.
    ///   - dimensions: How many components a vector has.
    /// - Returns: The number, or nil when the model is not known.
    /// - Throws: What the database said.
    public func knownEmbedder(
        provider: String, model: String, revision: String, dimensions: Int
    ) throws -> Int? {
        try scoped.query(
            """
            SELECT id FROM embedders WHERE provider = \(provider) AND model = \(model)
                AND revision = \(revision) AND dimensions = \(Int32(dimensions))
            """
        ).first?.int(0)
    }
}
