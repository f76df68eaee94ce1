import GitdexTesting
import Postgres
import Testing

@Suite("A connection")
struct ConnectionTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
    }

    @Test("tells the versions of server and extensions")
    func versions() throws {
        #expect(connection.serverVersion >= 180_000)
        #expect(try connection.extensionVersion("vector") == nil)
        #expect(try connection.availableExtensionVersion("vector") != nil)
        #expect(try connection.availableExtensionVersion("no_such_extension") == nil)
    }

    @Test("counts the rows that a statement changed")
    func affectedRows() throws {
        try connection.script("CREATE TABLE t (n int8)")
        #expect(try connection.execute("INSERT INTO t SELECT generate_series(1, 7)") == 7)
        #expect(try connection.execute("UPDATE t SET n = 0 WHERE n > \(5)") == 2)
        #expect(try connection.query("SELECT n FROM t").count == 7)
    }

    @Test("prepares a statement when it comes again, and keeps at most the limit")
    func preparedCache() throws {
        let prepared: SQL = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'gitdex%'"
        for round in 0..<3 {
            #expect(try connection.query("SELECT \(round) + 1").only().int(0) == round + 1)
        }
        #expect(try connection.query(prepared).only().int(0) == 1)
        for index in 0..<400 {
            let sql: SQL = "SELECT \(index) AS \(identifier: "c\(index)")"
            for _ in 0..<2 { #expect(try connection.query(sql).only().int(0) == index) }
        }
        let count = try connection.query(prepared).only().int(0)
        #expect(count > 100 && count <= 256)
    }

    @Test("runs a prepared statement after the table has changed")
    func stalePlan() throws {
        try connection.script("CREATE TABLE t (a int8); INSERT INTO t VALUES (1)")
        for _ in 0..<3 { #expect(try connection.query("SELECT * FROM t").only().columnCount == 1) }
        try connection.script("ALTER TABLE t ADD b text")
        #expect(try connection.query("SELECT * FROM t").only().columnCount == 2)
    }

    @Test("prepares nothing where that is switched off")
    func withoutPreparing() throws {
        var options = ConnectionOptions()
        options.preparesStatements = false
        let plain = try database.connect(options)
        for _ in 0..<3 { try plain.query("SELECT \(1)") }
        let count = try plain.query("SELECT count(*) FROM pg_prepared_statements").only().int(0)
        #expect(count == 0)
    }

    @Test("passes settings in the start-up packet, blanks and backslashes included")
    func settings() throws {
        let options = ConnectionOptions(
            applicationName: "a test", statementTimeoutMilliseconds: 4321,
            settings: ["gitdex.note": #"two words and \ one"#, "enable_seqscan": "off"])
        let session = try database.connect(options)
        func shown(_ name: String) throws -> String {
            try session.query("SELECT current_setting(\(name))").only().string(0)
        }
        #expect(try shown("statement_timeout") == "4321ms")
        #expect(try shown("gitdex.note") == #"two words and \ one"#)
        #expect(try shown("enable_seqscan") == "off")
        #expect(try shown("application_name") == "a test")
    }

    @Test("opens a session anew that was ended while idle, with its settings")
    func reconnects() throws {
        let session = try database.connect(.init(settings: ["gitdex.note": "kept"]))
        for _ in 0..<3 { try session.query("SELECT \(1)") }
        let before = session.serverProcessID
        try connection.query("SELECT pg_terminate_backend(\(Int32(before)), 10000)")
        #expect(try session.query("SELECT \(1)").only().int(0) == 1)
        #expect(session.generation == 2)
        #expect(session.serverProcessID != before)
        let note = try session.query("SELECT current_setting('gitdex.note')").only().string(0)
        #expect(note == "kept")
    }

    @Test("does not go on quietly when the session ended inside a transaction")
    func lostInTransaction() throws {
        let session = try database.connect()
        try connection.script("CREATE TABLE t (n int8)")
        let error = #expect(throws: PostgresError.self) {
            try session.transaction {
                try session.execute("INSERT INTO t VALUES (1)")
                try connection.query(
                    "SELECT pg_terminate_backend(\(Int32(session.serverProcessID)), 10000)")
                try session.execute("INSERT INTO t VALUES (2)")
            }
        }
        #expect(error?.code == .connectionLost)
        #expect(try session.query("SELECT count(*) FROM t").only().int(0) == 0)
    }

    @Test("finds the numbers of an extension's types")
    func typeNumbers() throws {
        try connection.script("CREATE EXTENSION vector")
        let halfvec = try connection.typeOID(named: "halfvec")
        #expect(halfvec.rawValue >= 16384)
        #expect(try connection.typeOID(named: "halfvec") == halfvec)
        #expect(try connection.typeOID(named: "halfvec[]") != halfvec)
        #expect(try connection.typeOID(named: "tsvector") == .tsvector)
        let error = #expect(throws: PostgresError.self) {
            try connection.typeOID(named: "no_such_type")
        }
        #expect(error?.code == .undefinedObject)
    }

    @Test("refuses several statements where parameters could be")
    func oneStatement() throws {
        let error = #expect(throws: PostgresError.self) {
            try connection.query("SELECT 1; SELECT 2")
        }
        #expect(error?.code == .syntaxError)
    }
}
