import Postgres

/// The indexes that search needs and loading does not; building them after a first load is cheaper
/// than feeding them row by row.
extension IndexStore {
    private static let searchIndexes: [(name: String, definition: String)] = [
        ("contents_by_token", "contents USING gin (tokens)"),
        ("contents_by_trigram", "contents USING gin (body gin_trgm_ops)"),
        ("symbols_by_token", "symbols USING gin (tokens)"),
    ]

    /// Drops the search indexes before a first load.
    ///
    /// - Throws: What the database said.
    public func dropSearchIndexes() throws {
        try withMakerLock {
            // Another first load may have got here before, and been the quicker one.
            guard try ownsTables(), try holdsNoContents() else { return }
            let names = Self.searchIndexes.map(\.name).joined(separator: ", ")
            try connection.scoped(.owner).script("DROP INDEX IF EXISTS \(names)")
        }
    }

    /// Whether the login may drop and make indexes.
    private func ownsTables() throws -> Bool {
        try connection.query(
            """
            SELECT pg_has_role(session_user, relowner, 'USAGE') FROM pg_class
            WHERE oid = 'contents'::regclass
            """
        ).only().bool(0)
    }

    /// Runs `body` while nobody else drops or makes the indexes.
    private func withMakerLock<R>(_ body: () throws -> R) throws -> R {
        let key = "gitdex search indexes"
        _ = try connection.query("SELECT pg_advisory_lock(hashtextextended(\(key), 0))")
        defer {
            // A connection that is gone has let go of its locks already.
            _ = try? connection.query("SELECT pg_advisory_unlock(hashtextextended(\(key), 0))")
        }
        return try body()
    }

    /// Makes the search indexes that are missing, as after a first load, even an interrupted one.
    ///
    /// Costs one round trip when none is missing.
    ///
    /// - Returns: Whether any was missing.
    /// - Throws: What the database said.
    @discardableResult
    public func makeSearchIndexes() throws -> Bool {
        if try missingSearchIndexes().isEmpty { return false }
        // Two that make one index at a time fail, whatever IF NOT EXISTS says.
        return try withMakerLock {
            guard try ownsTables() else { return false }
            let missing = try missingSearchIndexes()
            for index in missing {
                try connection.scoped(.owner).script(
                    "CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.definition)")
            }
            return !missing.isEmpty
        }
    }

    /// The names of the search indexes that are missing, as during a first load.
    ///
    /// - Returns: The names.
    /// - Throws: What the database said.
    public func namesOfMissingSearchIndexes() throws -> [String] {
        try missingSearchIndexes().map(\.name)
    }

    private func missingSearchIndexes() throws -> [(name: String, definition: String)] {
        let names = Self.searchIndexes.map(\.name)
        let rows = try connection.query(
            """
            SELECT c.relname::text FROM pg_class c
            WHERE c.relkind = 'i' AND c.relname = ANY(\(names)) AND pg_table_is_visible(c.oid)
            """)
        let present = Set(try rows.map { try $0.string(0) })
        return Self.searchIndexes.filter { !present.contains($0.name) }
    }

    /// Tells the server how the tables look now.
    ///
    /// After a large load its plans would otherwise be those of empty tables, and searches slower
    /// by a factor of twenty until the server looks by itself. Where the login does not own the
    /// tables, this does nothing.
    ///
    /// - Throws: What the database said.
    public func refreshStatistics() throws {
        try connection.scoped(.owner).script(
            "ANALYZE ref_files, paths, blobs, chunks, symbols, contents, embeddings")
    }
}
