import GitdexTesting
import Postgres
import Storage
import Testing

/// Every table of the schema, found in the server's catalog: a new one without a rule fails here.
@Suite("A tenant sees its own rows")
struct RowSecurityTests {
    /// The tables that the service itself sees over all workspaces, and no others.
    private static let shared: Set = [
        "workspaces", "repositories", "refs", "jobs", "queue_pauses", "pull_requests", "deliveries",
        "delivery_jobs", "events",
        // Who may do what.
        "memberships", "api_keys", "invitations", "audit",
    ]
    /// The tables that only the service sees, because their rows are looked for before it is known who
    /// asks.
    private static let global: Set = [
        "users", "sessions", "refresh_tokens", "rate_limits", "oauth_states",
    ]
    /// The tables that hold nothing of a tenant.
    private static let open: Set = ["schema_migrations", "embedders"]
    /// The tables that a workspace may only look at.
    private static let readOnly: Set = ["workspaces"]

    private func tenants(_ bench: TenantTables) -> [(table: TenantTables.Table, key: String)] {
        bench.tables.compactMap { table in
            guard let key = table.key, !Self.global.contains(table.name) else { return nil }
            return (table, key)
        }
    }

    @Test("since every table has a rule, also for its owner")
    func rules() throws {
        let bench = try TenantTables()
        let owner = try bench.database.connect()
        #expect(bench.tables.count >= 18)
        for table in bench.tables where !Self.open.contains(table.name) {
            let row = try owner.query(
                """
                SELECT relrowsecurity, relforcerowsecurity,
                    (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
                    pg_has_role('gitdex_app', relowner, 'MEMBER')
                        OR pg_has_role('gitdex_system', relowner, 'MEMBER')
                FROM pg_class c WHERE c.oid = \(table.name)::regclass
                """
            ).only()
            #expect(try row.bool(0) && row.bool(1), "\(table) is not kept: call gitdex_protect")
            #expect(try row.bool(3) == false, "\(table) belongs to a role of the program")
            let isGlobal = Self.global.contains(table.name)
            let isShared = Self.shared.contains(table.name)
            let expected = (isGlobal ? 0 : 1) + (isGlobal || isShared ? 1 : 0)
            #expect(try row.int(2) == expected, "\(table) has other policies than its list says")
            #expect(table.key != nil || isGlobal, "\(table) has no workspace and is in no list")
        }
    }

    @Test("and the roles of the program are exempt from nothing")
    func roles() throws {
        let bench = try TenantTables()
        for scope in [nil, .workspace(TenantTables.first), .system] as [TransactionScope?] {
            let sql: SQL = """
                SELECT r.rolname::text, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
                    OR r.rolcanlogin OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
                FROM pg_roles r WHERE r.rolname = current_user
                """
            let row =
                if let scope {
                    try bench.connection.scoped(scope).query(sql).only()
                } else {
                    try bench.connection.query(sql).only()
                }
            let role = scope == .system ? "gitdex_system" : "gitdex_app"
            #expect(try row.string(0) == role)
            #expect(try row.bool(1) == false)
        }
    }

    @Test("and no others, and without a scope none")
    func reading() throws {
        let bench = try TenantTables()
        let both: Set = [TenantTables.first, TenantTables.second]
        for (table, _) in tenants(bench) {
            for workspace in both {
                #expect(
                    try bench.seen(table, in: .workspace(workspace)) == [workspace], "\(table)")
            }
            #expect(try bench.seen(table, in: .workspace(103)) == [], "\(table)")
            #expect(try bench.seen(table, in: nil) == [], "\(table)")
            let isShared = Self.shared.contains(table.name)
            #expect(try bench.seen(table, in: .system) == (isShared ? both : nil), "\(table)")
        }
        for table in bench.tables where Self.global.contains(table.name) {
            #expect(try bench.seen(table, in: nil) == nil, "\(table)")
            #expect(try bench.seen(table, in: .workspace(TenantTables.first)) == nil, "\(table)")
            #expect(try bench.seen(table, in: .system) != nil, "\(table)")
        }
    }

    @Test("and changes no others")
    func changing() throws {
        let bench = try TenantTables()
        let (mine, other) = (TenantTables.first, TenantTables.second)
        for (table, key) in tenants(bench) {
            let isReadOnly = Self.readOnly.contains(table.name)
            func expect(
                _ text: String, in scope: TransactionScope?, _ outcome: TenantTables.Outcome
            ) throws {
                let found = try bench.attempt(SQL(unsafe: text), in: scope)
                #expect(found == (isReadOnly ? .refused : outcome), "\(text), \(scope as Any)")
            }
            let update = "UPDATE \(table) SET \(key) = \(key) WHERE \(key) ="
            let delete = "DELETE FROM \(table) WHERE \(key) ="
            for text in [update, delete] {
                try expect("\(text) \(mine)", in: .workspace(mine), .rows(1))
                try expect("\(text) \(other)", in: .workspace(mine), .rows(0))
                try expect("\(text) \(other)", in: nil, .rows(0))
            }
            // Nobody gives a row away or takes one over.
            try expect("UPDATE \(table) SET \(key) = \(other)", in: .workspace(mine), .refused)
            try expect("UPDATE \(table) SET \(key) = \(mine)", in: nil, .rows(0))
            // The row that is there already would be in the way.
            let text = try TenantTables.insertion(
                table.name, key, 777, bench.database.connect()
            ).text
            try expect(text, in: .workspace(mine), .refused)
            try expect(text, in: nil, .refused)
            try expect(text, in: .workspace(777), .rows(1))
        }
    }

    @Test("and the service changes what it shares, over all workspaces")
    func service() throws {
        let bench = try TenantTables()
        for (table, key) in tenants(bench) {
            let isShared = Self.shared.contains(table.name)
            for text in ["UPDATE \(table) SET \(key) = \(key)", "DELETE FROM \(table)"] {
                let outcome = try bench.attempt(SQL(unsafe: text), in: .system)
                #expect(outcome == (isShared ? .rows(2) : .refused), "\(text)")
            }
        }
    }

    @Test("and a COPY cannot go around it")
    func copying() throws {
        let bench = try TenantTables()
        let error = #expect(throws: PostgresError.self) {
            try bench.connection.inScope(.workspace(TenantTables.first)) {
                try bench.connection.copyIn("COPY events FROM STDIN (FORMAT binary)") { _ in }
            }
        }
        #expect(error?.code == .featureNotSupported)
    }

    @Test("and searches use their indexes all the same")
    func indexes() throws {
        let bench = try TenantTables()
        // With a row or two, the key would be as good.
        try bench.database.connect().script(
            """
            ALTER TABLE contents DROP CONSTRAINT contents_pkey;
            ALTER TABLE symbols DROP CONSTRAINT symbols_pkey;
            ALTER TABLE paths DROP CONSTRAINT paths_pkey;
            """)
        let questions: [(SQL, String)] = [
            ("SELECT FROM contents WHERE tokens @@ 'word'", "contents_by_token"),
            ("SELECT FROM symbols WHERE tokens @@ 'word'", "symbols_by_token"),
            ("SELECT FROM paths WHERE tokens @@ 'word'", "paths_by_token"),
            ("SELECT FROM contents WHERE body ~ 'pattern'", "contents_by_trigram"),
        ]
        try bench.connection.inScope(.workspace(TenantTables.first)) {
            try bench.connection.transaction {
                try bench.connection.set("enable_seqscan", to: "off", forTransaction: true)
                try bench.connection.set("enable_indexscan", to: "off", forTransaction: true)
                for (question, index) in questions {
                    let plan = try bench.connection.query("EXPLAIN " + question)
                        .map { try $0.string(0) }.joined(separator: "\n")
                    #expect(plan.contains("Bitmap Index Scan on \(index)"), "\(plan)")
                }
            }
        }
    }
}
