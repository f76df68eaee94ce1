public import Cryptography
public import Git
import Postgres

extension IndexStore {
    /// Returns what ranking needs to know of some texts.
    ///
    /// - Parameters:
    ///   - texts: The texts.
    ///   - vector: The vector to compare theirs with, and the number of the model that made it.
    /// - Returns: Those that are there.
    /// - Throws: What the database said.
    public func retrievedTexts(
        _ texts: [TextHash], comparedWith vector: (components: [Float16], embedder: Int)?
    ) throws -> [TextHash: RetrievedText] {
        guard !texts.isEmpty else { return [:] }
        var similarity: SQL = "NULL::float8"
        if let vector {
            similarity = """
                (SELECT -(e.vector <#> \(Self.parameter(vector.components))::halfvec)
                FROM embeddings e WHERE e.workspace_id = t.workspace_id
                    AND e.embedder_id = \(vector.embedder) AND e.content_hash = t.content_hash)
                """
        }
        let rows = try scoped.query(
            """
            SELECT t.content_hash, t.tokens, t.token_count, \(similarity) FROM contents t
            WHERE t.workspace_id = \(workspace) AND t.content_hash = ANY(\(texts.map(\.bytes)))
            """)
        var result: [TextHash: RetrievedText] = [:]
        result.reserveCapacity(rows.count)
        for row in rows {
            guard let hash = TextHash(bytes: try row.bytes(0)) else { continue }
            result[hash] = RetrievedText(
                tokens: try row.bytes(1), tokenCount: try row.int(2),
                similarity: try row.optionalDouble(3))
        }
        return result
    }

    /// Returns the texts themselves.
    ///
    /// - Parameter texts: The texts asked for.
    /// - Returns: The bodies of those that are there.
    /// - Throws: What the database said.
    public func bodies(of texts: [TextHash]) throws -> [TextHash: String] {
        guard !texts.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT content_hash, body FROM contents
            WHERE workspace_id = \(workspace) AND content_hash = ANY(\(texts.map(\.bytes)))
            """)
        var result: [TextHash: String] = [:]
        for row in rows {
            guard let hash = TextHash(bytes: try row.bytes(0)) else { continue }
            result[hash] = try row.string(1)
        }
        return result
    }

    /// Returns the vector of a text, or nil.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - embedder: The number of the model that made it.
    /// - Returns: The components, or nil when there is no vector.
    /// - Throws: What the database said.
    public func vector(of text: TextHash, embedder: Int) throws -> [Float16]? {
        try embeddings([text], embedder: embedder)[text]?.components
    }

    /// Returns the chunk of a file that holds a line, or nil.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - line: The line, from 1.
    ///   - refs: The numbers of the refs to look in.
    /// - Returns: The chunk; the first ref that has it wins.
    /// - Throws: What the database said.
    public func chunk(at path: GitPath, line: Int, refs: [Int]) throws -> RetrievedChunk? {
        let rows = try scoped.query(
            """
            SELECT \(unsafe: Self.chunkColumns) FROM ref_files f
            JOIN chunks c ON c.workspace_id = f.workspace_id AND c.blob_oid = f.blob_oid
                AND c.language = f.language AND c.analysis_version = f.analysis_version
            WHERE f.workspace_id = \(workspace) AND f.ref_id = ANY(\(refs))
                AND f.path = \(path.bytes) AND f.skipped_reason IS NULL
                AND \(Int32(clamping: line)) BETWEEN c.start_line AND c.end_line
            ORDER BY array_position(\(refs), f.ref_id), c.ordinal LIMIT 1
            """)
        return try rows.first.map { try chunk(of: $0) }
    }
}
