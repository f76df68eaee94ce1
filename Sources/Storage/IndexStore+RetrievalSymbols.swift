import Git
import Postgres

extension IndexStore {
    private struct DefinitionPlace: Hashable {
        var blob: [UInt8]
        var language: String
        var chunk: Int
        var name: String
    }

    /// Finds where the definitions begin that some chunks are named after.
    ///
    /// - Parameter chunks: The chunks, as a search found them.
    /// - Returns: The first line of the definition of each chunk in which it begins.
    /// - Throws: What the database said.
    public func definitionLines(of chunks: [RetrievedChunk]) throws -> [RetrievedChunk: Int] {
        let named = chunks.filter { $0.symbol != nil }
        guard !named.isEmpty else { return [:] }
        let rows = try scoped.query(
            """
            SELECT s.blob_oid, s.language, s.chunk_ordinal, s.qualified_name, s.kind, s.start_line
            FROM symbols s
            WHERE s.workspace_id = \(workspace) AND s.blob_oid = ANY(\(named.map(\.oid.bytes)))
                AND s.qualified_name = ANY(\(named.compactMap(\.symbol)))
                AND EXISTS (SELECT FROM ref_files f
                    WHERE f.workspace_id = s.workspace_id AND f.blob_oid = s.blob_oid
                        AND f.language = s.language AND f.analysis_version = s.analysis_version
                        AND f.ref_id = ANY(\(Array(Set(named.map(\.ref)))))
                        AND f.path = ANY(\(named.map(\.path.bytes))))
            ORDER BY s.ordinal
            """)
        var lines: [DefinitionPlace: (kind: String, line: Int)] = [:]
        for row in rows {
            let place = DefinitionPlace(
                blob: try row.bytes(0), language: try row.string(1), chunk: try row.int(2),
                name: try row.string(3))
            let kind = try row.string(4)
            // Of several with one name the last that has a body counts.
            if kind != "prototype" || lines[place] == nil {
                if let known = lines[place], known.kind == kind { continue }
                lines[place] = (kind, try row.int(5))
            }
        }
        var result: [RetrievedChunk: Int] = [:]
        for chunk in named {
            let place = DefinitionPlace(
                blob: chunk.oid.bytes, language: chunk.language, chunk: chunk.ordinal,
                name: chunk.symbol ?? "")
            result[chunk] = lines[place]?.line
        }
        return result
    }
}
