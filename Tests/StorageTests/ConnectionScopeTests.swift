import GitdexTesting
import Postgres
import Storage
import Testing

/// How a scope comes and goes on a connection.
@Suite("A scope lasts for its transaction")
struct ConnectionScopeTests {
    private let bench: TenantTables
    private let connection: Connection
    private let first = TenantTables.first
    private let second = TenantTables.second

    init() throws {
        bench = try TenantTables()
        connection = bench.connection
    }

    /// The workspaces that the connection sees now.
    private func seen() throws -> [Int] {
        try connection.query("SELECT id FROM workspaces ORDER BY id").map { try $0.int(0) }
    }

    private func seen(in scope: TransactionScope) throws -> [Int] {
        try connection.inScope(scope) { try seen() }
    }

    private func settings(_ connection: Connection) throws -> [String] {
        let row = try connection.query(
            "SELECT current_user::text, coalesce(current_setting('gitdex.workspace', true), '')"
        ).only()
        return [try row.string(0), try row.string(1)]
    }

    @Test("and is gone after each way to run a statement")
    func everyWay() throws {
        let query: SQL = "SELECT id FROM workspaces"
        try connection.inScope(.workspace(first)) {
            for _ in 0..<3 {
                let seen = try seen()
                #expect(seen == [first])
            }
            let rows = try connection.pipeline([query, query])
            #expect(try rows.map { try $0.only().int(0) } == [first, first])
            var streamed: [Int] = []
            try connection.forEachRow(query) { streamed.append(try $0.int(0)) }
            #expect(streamed == [first])
            try connection.script(
                "CREATE TEMPORARY TABLE found AS SELECT id FROM workspaces; SELECT 1")
            #expect(try connection.query("SELECT id FROM found").only().int(0) == first)
            #expect(try connection.transaction { try seen() } == [first])
        }
        #expect(try seen() == [])
        #expect(try settings(connection) == ["gitdex_app", ""])
        #expect(connection.transactionStatus == .idle)
    }

    @Test("also when what ran in it fails")
    func failure() throws {
        for _ in 0..<3 {
            #expect(throws: PostgresError.self) {
                try connection.inScope(.workspace(first)) { try connection.query("SELECT 1/0") }
            }
            #expect(throws: CancellationError.self) {
                try connection.inScope(.system) {
                    try connection.forEachRow("SELECT 1") { _ in throw CancellationError() }
                }
            }
            #expect(try seen() == [])
            #expect(try settings(connection) == ["gitdex_app", ""])
        }
        let error = #expect(throws: PostgresError.self) {
            try connection.inScope(.workspace(first)) {
                try connection.pipeline(["SELECT 1", "SELECT 1/0"])
            }
        }
        #expect(error?.statementIndex == 1)
    }

    @Test("and changes within a transaction as its parts ask for it")
    func nesting() throws {
        try connection.transaction {
            #expect(try seen() == [])
            let found = try connection.inScope(.system) {
                [try seen(), try seen(in: .workspace(second)), try seen()]
            }
            #expect(found == [[first, second], [second], [first, second]])
            #expect(try seen() == [])
            #expect(try settings(connection) == ["gitdex_app", ""])
        }
    }

    @Test("and falls back with a part that is taken back")
    func savepoints() throws {
        try connection.scoped(.workspace(first)).transaction {
            let before = try seen()
            #expect(before == [first])
            #expect(throws: CancellationError.self) {
                try connection.transaction {
                    #expect(try seen(in: .workspace(second)) == [second])
                    throw CancellationError()
                }
            }
            #expect(try seen() == [first])
            #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.scoped(.system).query("SELECT 1/0")
                }
            }
            #expect(try seen() == [first])
        }
    }

    @Test("and a session that a pool lends out again brings none along")
    func pooled() async throws {
        let pool = Pool(url: bench.database.url, options: .program(), limit: 1)
        let first = first
        let session = try await pool.withConnection { connection in
            try connection.inScope(.workspace(first)) {
                try connection.transaction {
                    try connection.query("SELECT id FROM workspaces").only().int(0)
                }
            }
            return connection.serverProcessID
        }
        let (again, role, owner, rows) = try await pool.withConnection { connection in
            let row = try connection.query(
                """
                SELECT current_user::text, session_user::text, (SELECT count(*) FROM contents),
                    (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
                """
            ).only()
            #expect(try row.bool(3) == false)
            return (
                connection.serverProcessID, try row.string(0), try row.string(1), try row.int(2)
            )
        }
        #expect(again == session)
        #expect(role == "gitdex_app")
        #expect(owner != "gitdex_app")
        #expect(rows == 0)
        // A closure that leaves its transaction open leaves nothing of it behind.
        _ = try? await pool.withConnection { connection in
            try connection.script(
                "BEGIN; SET LOCAL ROLE gitdex_system; SET LOCAL gitdex.workspace = '\(first)'")
        }
        let left = try await pool.withConnection { connection in
            try connection.query("SELECT count(*) FROM contents").only().int(0)
        }
        #expect(left == 0)
        pool.shutdown()
    }

    @Test("and a session opened anew begins without")
    func reconnecting() throws {
        #expect(try seen(in: .workspace(first)) == [first])
        let killer = try bench.database.connect()
        let session = Int32(connection.serverProcessID)
        _ = try killer.query("SELECT pg_terminate_backend(\(session), 5000)")
        #expect(try seen() == [])
        #expect(try settings(connection) == ["gitdex_app", ""])
        #expect(try seen(in: .workspace(second)) == [second])
        #expect(connection.generation == 2)
    }

    @Test("and a role that the database gets later is taken then")
    func laterRole() throws {
        let role = "gitdex_test_\(UInt32.random(in: 0 ... .max))"
        let early = try bench.database.connect(ConnectionOptions(role: role))
        #expect(try settings(early)[0] != role)
        let owner = try bench.database.connect()
        try owner.execute("CREATE ROLE \(identifier: role)")
        defer { _ = try? owner.execute("DROP ROLE \(identifier: role)") }
        #expect(try settings(early)[0] == role)
        let late = try bench.database.connect(ConnectionOptions(role: role))
        #expect(try settings(late)[0] == role)
        let asOwner = try early.inScope(.owner) { try settings(early)[0] }
        #expect(asOwner != role)
        #expect(try settings(early)[0] == role)
    }
}
