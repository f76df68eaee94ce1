import GitdexTesting
import Migrations
import Postgres
import Storage
import Testing

/// The schema's way up and down.
@Suite("Migrations go up, down and up again")
struct SchemaMigratorTests {
    /// A description of everything in the schema, as the server's catalog has it.
    private func description(of connection: Connection) throws -> [String] {
        let statements: [SQL] = [
            """
            SELECT concat_ws('|', 'column', table_name, column_name, data_type, is_nullable,
                column_default, is_identity)
            FROM information_schema.columns WHERE table_schema = 'public'
            """,
            """
            SELECT concat_ws('|', 'index', tablename, indexdef) FROM pg_indexes
            WHERE schemaname = 'public'
            """,
            """
            SELECT concat_ws('|', 'constraint', conrelid::regclass, conname,
                pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            """,
            """
            SELECT concat_ws('|', 'row security', oid::regclass, relrowsecurity,
                relforcerowsecurity, relacl)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            """,
            """
            SELECT concat_ws('|', 'policy', tablename, policyname, roles, cmd, qual, with_check)
            FROM pg_policies WHERE schemaname = 'public'
            """,
            """
            SELECT concat_ws('|', 'function', oid::regprocedure, md5(prosrc)) FROM pg_proc p
            WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
                SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """,
            """
            SELECT concat_ws('|', 'storage', attrelid::regclass, attname, attstorage)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0
            """,
        ]
        return try statements.flatMap { try connection.query($0).map { try $0.string(0) } }.sorted()
    }

    @Test("and give the same schema")
    func upDownUp() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let migrator = SchemaMigrator(connection: connection)
        #expect(try !migrator.isCurrent())
        #expect(try migrator.up() == Migration.all.map(\.number))
        #expect(try migrator.isCurrent())
        let first = try description(of: connection)
        #expect(try migrator.down(to: 0) == Migration.all.map(\.number).reversed())
        #expect(try !migrator.isCurrent())
        let empty = try description(of: connection)
        #expect(empty.allSatisfy { $0.contains("schema_migrations") })
        try migrator.up()
        #expect(try description(of: connection) == first)
        #expect(try migrator.up().isEmpty)
    }

    @Test("and are numbered from 1 without gaps")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("and a database that is newer is refused")
    func newer() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let migrator = SchemaMigrator(connection: connection)
        try migrator.up()
        try connection.execute(
            "INSERT INTO schema_migrations (number, name, checksum) VALUES (9999, 'later', 'x')")
        let error = #expect(throws: StorageError.self) { try migrator.isCurrent() }
        #expect(error?.code == .schemaUnknown)
    }

    @Test("and a step that was changed is refused")
    func changed() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        let changed = Migration.all.map {
            Migration(number: $0.number, name: $0.name, up: $0.up + " ", down: $0.down)
        }
        let migrator = SchemaMigrator(connection: connection, migrations: changed)
        let error = #expect(throws: StorageError.self) { try migrator.up() }
        #expect(error?.code == .schemaUnknown)
    }

    @Test("and a step that fails leaves the ones before it")
    func failing() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        let bad = Migration(
            number: Migration.all.count + 1, name: "bad",
            up: "CREATE TABLE half (id int); SELECT no_such_thing();", down: "DROP TABLE half;")
        let migrator = SchemaMigrator(
            connection: connection, migrations: Migration.all + [bad])
        #expect(throws: PostgresError.self) { try migrator.up() }
        #expect(try SchemaMigrator(connection: connection).isCurrent())
        let half = try connection.query("SELECT to_regclass('half')::text").only()
        #expect(try half.optionalString(0) == nil)
    }

    @Test("and every tenant table leads its key with the workspace")
    func tenantKeys() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        let rows = try connection.query(
            """
            SELECT c.relname::text, (SELECT attname FROM pg_attribute a
                JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
                WHERE a.attrelid = c.oid AND a.attnum = i.indkey[0])::text
            FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            """)
        let shared: Set = [
            "schema_migrations", "workspaces", "embedders", "rate_limits",
            // Looked for before it is known who asks, or by who it was that did it.
            "users", "sessions", "refresh_tokens", "oauth_states", "audit",
        ]
        var tenants = 0
        for row in rows where !shared.contains(try row.string(0)) {
            tenants += 1
            let table = try row.string(0)
            #expect(try row.string(1) == "workspace_id", "\(table)")
        }
        #expect(tenants >= 9)
    }
}
