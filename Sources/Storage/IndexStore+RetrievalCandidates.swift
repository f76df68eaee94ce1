import Cryptography
import Git
import Postgres

extension IndexStore {
    /// The columns of a ``RetrievedChunk``, of rows `f` of `ref_files` and `c` of `chunks`.
    static let chunkColumns = """
        f.ref_id, f.path, f.blob_oid, f.language, c.ordinal, c.kind, c.symbol, c.start_line,
        c.end_line, c.content_hash
        """
    /// How many columns these are.
    static let chunkColumnCount = 10

    /// Finds candidates for an answer, in one round trip or a few.
    ///
    /// - Parameter query: What to ask for.
    /// - Returns: The candidates.
    /// - Throws: What the database said.
    public func candidates(_ query: CandidateQuery) throws -> CandidateRows {
        var statements: [SQL] = []
        var places: [WritableKeyPath<CandidateRows, [RetrievedChunk]>?] = []
        if query.lexicalLimit > 0, !query.textKeys.isEmpty {
            statements.append(lexicalStatement(query))
            places.append(\.lexical)
        }
        if query.symbolLimit > 0, !query.nameKeys.isEmpty {
            statements.append(symbolStatement(query))
            places.append(nil)
        }
        if query.pathLimit > 0, !query.nameKeys.isEmpty {
            statements.append(pathStatement(query))
            places.append(\.paths)
        }
        var result = CandidateRows()
        for (rows, place) in zip(try scoped.pipeline(statements), places) {
            if let place {
                result[keyPath: place] = try rows.map { try chunk(of: $0) }
            } else {
                result.symbols = try rows.map { try symbol(of: $0) }
            }
        }
        if query.semanticLimit > 0, query.vector != nil {
            result.semantic = try nearestChunks(query)
        }
        return result
    }

    func chunk(of row: Row) throws -> RetrievedChunk {
        guard let oid = ObjectID(bytes: try row.bytes(2)),
            let text = TextHash(bytes: try row.bytes(9))
        else {
            throw StorageError(
                code: .invalidArgument, message: "a chunk's row holds no proper hashes",
                remedy: "run 'gitdex verify --repair'")
        }
        return RetrievedChunk(
            ref: try row.int(0), path: GitPath(try row.bytes(1)), oid: oid,
            language: try row.string(3), ordinal: try row.int(4), kind: try row.string(5),
            symbol: try row.optionalString(6), startLine: try row.int(7), endLine: try row.int(8),
            text: text)
    }

    private func symbol(of row: Row) throws -> RetrievedSymbol {
        let base = Self.chunkColumnCount
        return RetrievedSymbol(
            chunk: try chunk(of: row), name: try row.string(base),
            qualifiedName: try row.string(base + 1), kind: try row.string(base + 2),
            startLine: try row.int(base + 3), endLine: try row.int(base + 4))
    }

    // MARK: Statements

    /// The lines that go from the rows `t` of texts to the chunks and files that hold them.
    private static let textFirst = """
        JOIN chunks c ON c.workspace_id = t.workspace_id AND c.content_hash = t.content_hash
        JOIN ref_files f ON f.workspace_id = c.workspace_id AND f.blob_oid = c.blob_oid
            AND f.language = c.language AND f.analysis_version = c.analysis_version
        """

    /// The condition that all phrases stand in the text of a row `t`, with `AND` in front.
    static func condition(of phrases: [RetrievalPhrase]) -> SQL {
        var condition: SQL = ""
        for phrase in phrases { condition += " AND t.tokens @@ \(phrase.queryText)::tsquery" }
        return condition
    }

    /// Of texts that hold a word so common, these many are looked at.
    private static let scoredTextLimit = 4_000

    /// Texts in the order of a score that is near BM25.
    ///
    /// Each word has its weight, repeats count for less and less, and words in long texts for less.
    /// `ts_rank` of one word is a tenth of the sum of 1/n² over its repeats, scaled to 1.
    private func lexicalStatement(_ query: CandidateQuery) -> SQL {
        var score: SQL = "("
        for (index, term) in query.terms.enumerated() {
            if index > 0 { score += " + " }
            score += "\(term.weight) * ts_rank(t.tokens, \(term.queryText)::tsquery)"
        }
        score += ") / sqrt(100 + t.token_count)"
        var condition: SQL = "t.workspace_id = \(workspace)"
        if query.phrases.isEmpty {
            condition += " AND t.tokens @@ \(query.textKeys.anyOf)::tsquery"
        }
        condition += Self.condition(of: query.phrases)
        return """
            SELECT \(unsafe: Self.chunkColumns) FROM (
                SELECT t.workspace_id, t.content_hash, \(score) AS score
                FROM (SELECT * FROM contents t WHERE \(condition)
                    LIMIT \(Self.scoredTextLimit)) t
                ORDER BY score DESC, t.content_hash) t \(unsafe: Self.textFirst)
            WHERE \(query.scope.condition(workspace: workspace))
            ORDER BY t.score DESC, t.content_hash, f.ref_id, f.path, c.ordinal
            LIMIT \(query.lexicalLimit)
            """
    }

    private func symbolStatement(_ query: CandidateQuery) -> SQL {
        let score = matchScore(query.terms)
        return """
            SELECT \(unsafe: Self.chunkColumns), t.name, t.qualified_name, t.kind, t.start_line,
                t.end_line
            FROM (
                SELECT t.*, \(score) / sqrt(1 + length(t.tokens))
                    + CASE WHEN lower(t.name) = ANY(\(query.names)) THEN 1000 ELSE 0 END AS score
                FROM symbols t WHERE t.workspace_id = \(workspace)
                    AND t.tokens @@ \(query.nameKeys.anyOf)::tsquery
                ORDER BY score DESC, t.blob_oid, t.ordinal) t
            JOIN ref_files f ON f.workspace_id = t.workspace_id AND f.blob_oid = t.blob_oid
                AND f.language = t.language AND f.analysis_version = t.analysis_version
            JOIN chunks c ON c.workspace_id = t.workspace_id AND c.blob_oid = t.blob_oid
                AND c.language = t.language AND c.analysis_version = t.analysis_version
                AND c.ordinal = t.chunk_ordinal
            WHERE \(query.scope.condition(workspace: workspace))
            ORDER BY t.score DESC, t.blob_oid, t.ordinal, f.ref_id, f.path
            LIMIT \(query.symbolLimit)
            """
    }

    /// How many chunks of a file found by its path are candidates.
    private static let chunksPerPath = 8

    private func pathStatement(_ query: CandidateQuery) -> SQL {
        let score = matchScore(query.terms)
        return """
            SELECT \(unsafe: Self.chunkColumns) FROM (
                SELECT f.* , t.score FROM (
                    SELECT t.workspace_id, t.path, \(score) / sqrt(4 + length(t.tokens)) AS score
                    FROM paths t WHERE t.workspace_id = \(workspace)
                        AND t.tokens @@ \(query.nameKeys.anyOf)::tsquery
                    ORDER BY score DESC, t.path) t
                JOIN ref_files f ON f.workspace_id = t.workspace_id AND f.path = t.path
                WHERE \(query.scope.condition(workspace: workspace))
                ORDER BY t.score DESC, t.path, f.ref_id LIMIT \(query.pathLimit)) f
            JOIN chunks c ON c.workspace_id = f.workspace_id AND c.blob_oid = f.blob_oid
                AND c.language = f.language AND c.analysis_version = f.analysis_version
                AND c.ordinal < \(Int32(Self.chunksPerPath))
            ORDER BY f.score DESC, f.path, f.ref_id, c.ordinal
            """
    }

    /// The weights of those words that `t.tokens` has; cheaper by `ts_rank` than by matches.
    private func matchScore(_ terms: [RetrievalTerm]) -> SQL {
        var score: SQL = "("
        for (index, term) in terms.enumerated() {
            if index > 0 { score += " + " }
            score += "\(term.weight) * ts_rank(t.tokens, \(term.queryText)::tsquery)"
        }
        return score + ")"
    }
}
