import Git
import GitdexTesting
import Postgres
import Storage
import Testing

/// Servers where the login is no superuser, as managed ones are.
@Suite("A login that is no superuser")
struct LoginTests {
    /// A database of a login of its own, and a session of that login.
    private final class Bench {
        let database: TestDatabase
        let administrator: Connection
        let owner = "gitdex_owner_\(UInt32.random(in: 0 ... .max))"
        let user = "gitdex_user_\(UInt32.random(in: 0 ... .max))"

        init() throws {
            database = try TestDatabase(extensions: ["vector", "pg_trgm"])
            administrator = try database.connect()
            try administrator.script(
                """
                CREATE ROLE \(owner) NOSUPERUSER; CREATE ROLE \(user) NOSUPERUSER;
                GRANT CREATE ON SCHEMA public TO \(owner);
                """)
        }

        deinit {
            try? administrator.script(
                """
                DROP OWNED BY \(owner), \(user) CASCADE; DROP ROLE \(owner); DROP ROLE \(user)
                """)
        }

        func session(of login: String) throws -> Connection {
            let connection = try database.connect()
            try connection.script("SET SESSION AUTHORIZATION \(login)")
            return connection
        }

        /// What an administrator runs once.
        func grant() throws {
            let form = administrator.serverVersion >= 160_000 ? " WITH INHERIT FALSE" : ""
            try administrator.script(
                "GRANT gitdex_app, gitdex_system TO \(owner), \(user)\(form)")
        }
    }

    @Test("is told what an administrator has to run, and then makes the schema")
    func granting() throws {
        // The roles belong to the whole server.
        _ = try TenantTables()
        let bench = try Bench()
        let session = try bench.session(of: bench.owner)
        let migrator = SchemaMigrator(connection: session)
        let error = #expect(throws: PostgresError.self) { try migrator.up() }
        #expect(error?.code == .insufficientPrivilege)
        let told = error?.message ?? ""
        #expect(told.contains("GRANT gitdex_app, gitdex_system TO \(bench.owner);"), "\(told)")
        try bench.grant()
        try migrator.up()
        #expect(try migrator.isCurrent())
        try migrator.down(to: 0)
    }

    @Test("is told which operators wait for a superuser")
    func operators() throws {
        _ = try TenantTables()
        let bench = try Bench()
        try bench.grant()
        // The database may have been another test's, whose login was a superuser.
        try bench.administrator.script(
            """
            ALTER FUNCTION ts_match_vq(tsvector, tsquery) NOT LEAKPROOF;
            ALTER FUNCTION textregexeq(text, text) NOT LEAKPROOF
            """)
        try SchemaMigrator(connection: try bench.session(of: bench.owner)).up()
        let program = try bench.database.connect(.program())
        let found = try RowSecurity(seenFrom: program)
        #expect(
            found.slowFunctions == [
                "textregexeq(text,text)", "ts_match_vq(tsvector,tsquery)",
            ])
        #expect(found.role == "gitdex_app")
        #expect(!found.isExempt)
        #expect(found.openTables == [])
        #expect(found.keptTables.count >= 16)
        for function in found.slowFunctions {
            try bench.administrator.script("ALTER FUNCTION \(function) LEAKPROOF")
        }
        try bench.administrator.script("ALTER TABLE events NO FORCE ROW LEVEL SECURITY")
        let mended = try RowSecurity(seenFrom: program)
        #expect(mended.slowFunctions == [])
        #expect(mended.openTables == ["events"])
        #expect(try RowSecurity(seenFrom: bench.administrator).isExempt)
    }

    @Test("may only look after its own tables, and loses no row to the rules by references")
    func references() throws {
        _ = try TenantTables()
        let bench = try Bench()
        try bench.grant()
        let session = try bench.session(of: bench.owner)
        try SchemaMigrator(connection: session).up()
        let store = try IndexStore(connection: session)
        let repository = try store.createRepository(
            url: "/r", name: "r", include: [], exclude: [])
        let ref = try store.makeRef(named: "main", ofRepository: repository.id)
        func count(_ table: String) throws -> Int {
            try bench.administrator.query("SELECT count(*) FROM \(unsafe: table)").only().int(0)
        }
        func add(_ path: String, to ref: Int) throws {
            try session.inScope(.workspace(store.workspace)) {
                _ = try session.execute(
                    """
                    INSERT INTO ref_files VALUES (\(store.workspace), \(ref), 33188, 1,
                        \(Array(path.utf8)), decode(repeat('00', 20), 'hex'), 'text')
                    """)
            }
        }
        try add("a", to: ref.id)
        let error = #expect(throws: PostgresError.self) { try add("b", to: ref.id + 1) }
        #expect(error?.code == .foreignKeyViolation)
        try session.inScope(.workspace(store.workspace)) {
            _ = try session.execute(
                "UPDATE refs SET indexed_commit = decode(repeat('00', 20), 'hex')")
        }
        #expect(try count("events WHERE payload ->> 'commit' IS NOT NULL") == 1)
        // The rules hold for the owner too.
        let owned = try session.inScope(.owner) {
            try session.query("SELECT count(*) FROM refs").only().int(0)
        }
        #expect(owned == 0)
        try store.deleteRepository(repository.id)
        #expect(try count("refs") == 0)
        #expect(try count("ref_files") == 0)
        // Written by the trigger of a row that went with its repository.
        #expect(try count("events WHERE payload ->> 'commit' IS NULL") == 1)
        let again = try store.createRepository(url: "/r", name: "r", include: [], exclude: [])
        _ = try store.makeRef(named: "main", ofRepository: again.id)
        try session.inScope(.system) { _ = try session.execute("DELETE FROM workspaces") }
        for table in ["repositories", "refs", "events"] { #expect(try count(table) == 0) }
    }

    @Test("looks after the search indexes where the tables are its own, and else leaves them")
    func indexes() throws {
        _ = try TenantTables()
        let bench = try Bench()
        try bench.grant()
        let session = try bench.session(of: bench.owner)
        try SchemaMigrator(connection: session).up()
        let other = try bench.session(of: bench.user)
        let stranger = try IndexStore(connection: other)
        try stranger.dropSearchIndexes()
        #expect(try stranger.namesOfMissingSearchIndexes() == [])
        try stranger.refreshStatistics()
        let owner = try IndexStore(connection: session)
        try owner.dropSearchIndexes()
        #expect(try owner.namesOfMissingSearchIndexes().count == 3)
        #expect(try stranger.makeSearchIndexes() == false)
        #expect(try owner.makeSearchIndexes())
        #expect(try owner.namesOfMissingSearchIndexes() == [])
        try owner.refreshStatistics()
    }
}
