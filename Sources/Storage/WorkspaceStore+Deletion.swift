import Postgres

extension WorkspaceStore {
    /// The most rows that one statement deletes.
    private static let pageRows = 20_000
    /// Tables whose rows are many go first, in parts, before a foreign key takes them all at once.
    private static let largeTables = [
        "ref_files", "embeddings", "symbols", "chunks", "contents", "blobs", "paths", "deliveries",
    ]

    /// Begins to delete a workspace: nobody finds it from now on, its members are none, its keys and
    /// invitations are gone, and what runs for it has lost its lease.
    ///
    /// - Parameters:
    ///   - id: Its number.
    ///   - publicID: The id that it has from now on, which nobody knows.
    /// - Returns: Whether there was such a workspace; the one of this machine cannot be deleted.
    /// - Throws: What the database said.
    public func beginDeletion(_ id: Int, publicID: String) throws -> Bool {
        try connection.inScope(.system) {
            try connection.transaction {
                let count = try connection.execute(
                    """
                    UPDATE workspaces SET deleted_at = now(), public_id = \(publicID)
                    WHERE id = \(id) AND deleted_at IS NULL AND public_id <> \(Self.localPublicID)
                    """)
                guard count == 1 else { return false }
                for table in ["memberships", "invitations", "jobs", "queue_pauses"] {
                    try connection.execute(
                        "DELETE FROM \(identifier: table) WHERE workspace_id = \(id)")
                }
                return true
            }
        }
    }

    /// Returns the workspaces whose rows are still to be erased.
    ///
    /// - Returns: Their numbers.
    /// - Throws: What the database said.
    public func beingDeleted() throws -> [Int] {
        try connection.inScope(.system) {
            try connection.query(
                "SELECT id FROM workspaces WHERE deleted_at IS NOT NULL ORDER BY id"
            ).map { try $0.int(0) }
        }
    }

    /// Erases every row of a workspace whose deletion has begun, and the workspace last.
    ///
    /// Waits for what is being indexed in it. Goes in parts, and can be broken off and run again; who
    /// comes while another one does it waits and finds nothing to do. Costs time by the number of
    /// rows.
    ///
    /// - Parameter id: The workspace's number.
    /// - Throws: What the database said.
    public func erase(_ id: Int) throws {
        guard try beingDeleted().contains(id) else { return }
        try withCollectionLock(id) {
            guard try beingDeleted().contains(id) else { return }
            let tables = try tenantTables(id)
            let large = Self.largeTables.compactMap { name in tables.first { $0.name == name } }
            for table in large + tables { try deleteRows(of: table, workspace: id) }
            try connection.inScope(.system) {
                try connection.execute(
                    "DELETE FROM workspaces WHERE id = \(id) AND deleted_at IS NOT NULL")
            }
            // What a late trigger or an answer on its way wrote after its table was done.
            for table in tables { try deleteRows(of: table, workspace: id) }
        }
    }

    /// A table with rows of workspaces.
    private struct TenantTable {
        let name: String
        /// In which its rows can be deleted.
        let scope: TransactionScope
    }

    /// The tables of the schema that have a column `workspace_id`: also those that nobody has thought
    /// of here.
    private func tenantTables(_ workspace: Int) throws -> [TenantTable] {
        try connection.query(
            """
            SELECT c.relname, has_table_privilege('gitdex_app', c.oid, 'DELETE')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = (
                    SELECT relnamespace FROM pg_class WHERE oid = 'workspaces'::regclass)
                AND a.attname = 'workspace_id' AND NOT a.attisdropped
            ORDER BY c.relname
            """
        ).map {
            TenantTable(
                name: try $0.string(0), scope: try $0.bool(1) ? .workspace(workspace) : .system)
        }
    }

    private func deleteRows(of table: TenantTable, workspace: Int) throws {
        try connection.inScope(table.scope) {
            while true {
                let count = try connection.execute(
                    """
                    DELETE FROM \(identifier: table.name) WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM \(identifier: table.name)
                        WHERE workspace_id = \(workspace) LIMIT \(Self.pageRows)))
                    """)
                if count < Self.pageRows { return }
            }
        }
    }

    /// Runs `body` while nobody indexes in a workspace; see `IndexStore.withCollectionLock`.
    private func withCollectionLock(_ id: Int, _ body: () throws -> Void) throws {
        let key = IndexStore.collectionKey(ofWorkspace: id)
        _ = try connection.query("SELECT pg_advisory_lock(hashtextextended(\(key), 0))")
        defer {
            _ = try? connection.query("SELECT pg_advisory_unlock(hashtextextended(\(key), 0))")
        }
        try body()
    }
}
