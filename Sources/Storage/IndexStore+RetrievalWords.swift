import Postgres

extension IndexStore {
    /// Above this many texts, the number that hold a word is estimated.
    private static let exactCountLimit = 1_000

    /// Returns in how many texts of the workspace each of some words stands.
    ///
    /// A word that stands in more than a thousand texts is counted up to there, and the rest is
    /// estimated from how far the count got in the table.
    ///
    /// - Parameters:
    ///   - lexemes: The words, as the index holds them.
    ///   - textCount: About how many texts there are.
    /// - Returns: The counts, in the same order.
    /// - Throws: What the database said.
    public func termStatistics(
        of lexemes: [[UInt8]], textCount: Int
    ) throws -> TermStatistics {
        guard !lexemes.isEmpty else { return TermStatistics(textCount: textCount, counts: []) }
        var columns: SQL = ""
        for (index, lexeme) in lexemes.enumerated() {
            if index > 0 { columns += ", " }
            let text = RetrievalTerm(lexeme: lexeme, weight: 1).queryText
            columns += """
                (SELECT ARRAY[count(*), (max(ctid)::text::point)[0]::int8] FROM (
                    SELECT ctid FROM contents
                    WHERE workspace_id = \(workspace) AND tokens @@ \(text)::tsquery
                    LIMIT \(Self.exactCountLimit)) t)
                """
        }
        let row = try scoped.query(
            """
            SELECT pg_relation_size('contents') / current_setting('block_size')::int8, \(columns)
            """
        ).only()
        let pages = try row.int(0)
        let counts = try lexemes.indices.map { index in
            let counted = try row.decode(index + 1, as: [Int64?].self).map { Int($0 ?? 0) }
            guard counted.count == 2, counted[0] >= Self.exactCountLimit else { return counted[0] }
            return max(counted[0], counted[0] * pages / (counted[1] + 1))
        }
        return TermStatistics(textCount: max(textCount, counts.max() ?? 0), counts: counts)
    }

    /// Finds the chunks of a scope whose words fit, and counts in how many each word stands.
    ///
    /// Reads every chunk of the scope that holds one of the words: exact, and the way for a scope
    /// that is small or a small part of the workspace.
    ///
    /// - Parameters:
    ///   - terms: The words; a weight is multiplied with how rare the word is in the scope.
    ///   - phrases: Words that must stand together.
    ///   - scope: Where to look.
    ///   - limit: How many chunks at most.
    /// - Returns: The counts, and the chunks with the best first.
    /// - Throws: What the database said.
    public func lexicalCandidates(
        of terms: [RetrievalTerm], phrases: [RetrievalPhrase] = [], in scope: RetrievalScope,
        limit: Int
    ) throws -> (statistics: TermStatistics, chunks: [RetrievedChunk]) {
        var ranks: SQL = ""
        var counts = ""
        var score: SQL = ""
        let total = Double(max(1, scope.chunkCount))
        for (index, term) in terms.enumerated() {
            ranks += ", ts_rank(t.tokens, \(term.queryText)::tsquery) AS r\(unsafe: "\(index)")"
            counts += "\(index > 0 ? ", " : "")count(*) FILTER (WHERE r\(index) > 0)"
            score += """
                \(unsafe: index > 0 ? " + " : "")r\(unsafe: "\(index)") * \(term.weight)
                    * ln(1 + \(total) / (n.counts[\(unsafe: "\(index + 1)")] + 0.5))
                """
        }
        let answers = try scoped.pipeline([
            "SELECT set_config('enable_hashjoin', 'on', true)",
            """
            WITH s AS MATERIALIZED (
                SELECT \(unsafe: Self.chunkColumns), t.token_count\(ranks)
                FROM ref_files f
                JOIN chunks c ON c.workspace_id = f.workspace_id AND c.blob_oid = f.blob_oid
                    AND c.language = f.language AND c.analysis_version = f.analysis_version
                JOIN contents t ON t.workspace_id = c.workspace_id
                    AND t.content_hash = c.content_hash
                WHERE \(scope.condition(workspace: workspace))
                    AND t.tokens @@ \(terms.anyOf)::tsquery\(Self.condition(of: phrases))
            ), n AS MATERIALIZED (SELECT ARRAY[\(unsafe: counts)] AS counts FROM s)
            SELECT f.ref_id, f.path, f.blob_oid, f.language, f.ordinal, f.kind, f.symbol,
                f.start_line, f.end_line, f.content_hash, n.counts
            FROM s f CROSS JOIN n
            ORDER BY (\(score)) / sqrt(100 + f.token_count) DESC, f.content_hash,
                f.ref_id, f.path, f.ordinal
            LIMIT \(limit)
            """,
            "SELECT set_config('enable_hashjoin', 'off', true)",
        ])
        let found = try answers[1].first.map {
            try $0.decode(Self.chunkColumnCount, as: [Int64].self).map { Int($0) }
        }
        let statistics = TermStatistics(
            textCount: scope.chunkCount,
            counts: found ?? Array(repeating: 0, count: terms.count))
        return (statistics, try answers[1].map { try chunk(of: $0) })
    }
}
