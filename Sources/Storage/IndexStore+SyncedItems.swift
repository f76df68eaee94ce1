public import Git
import Postgres

extension IndexStore {
    /// Returns which items stand at some paths of the synchronised refs of repositories.
    ///
    /// Costs one round trip, or none for no places.
    ///
    /// - Parameter places: The repositories' numbers and the paths.
    /// - Returns: The items in the same order; nil where there is none.
    /// - Throws: What the database said.
    public func syncedItems(
        at places: [(repository: Int, path: GitPath)]
    ) throws -> [SyncedItemReference?] {
        guard !places.isEmpty else { return [] }
        let rows = try scoped.query(
            """
            SELECT k.place, i.kind, i.number, coalesce(nullif(i.title, ''), (
                    SELECT p.title FROM synced_items p WHERE p.workspace_id = i.workspace_id
                        AND p.repository_id = i.repository_id AND p.external_id = i.number
                        AND p.kind = ANY(CASE i.kind WHEN 'comment' THEN ARRAY['issue', 'pr']
                            WHEN 'discussion_comment' THEN ARRAY['discussion'] ELSE ARRAY['pr'] END)
                    LIMIT 1), ''), i.url, i.state, i.author
            FROM unnest(\(places.map(\.repository)), \(places.map(\.path.bytes)))
                WITH ORDINALITY AS k (repository, path, place)
            JOIN synced_items i ON i.workspace_id = \(workspace)
                AND i.repository_id = k.repository AND i.path = k.path
            """)
        var items = [SyncedItemReference?](repeating: nil, count: places.count)
        for row in rows {
            let kind = try row.string(1)
            items[try row.int(0) - 1] = SyncedItemReference(
                kind: SyncedKind(rawValue: kind)?.searchName ?? kind,
                number: try row.optionalInt(2), title: try row.string(3), url: try row.string(4),
                state: try row.optionalString(5), author: try row.optionalString(6))
        }
        return items
    }
}
