import GitdexTesting
import Postgres
import Testing

@Suite("A transaction")
struct TransactionTests {
    private struct Refusal: Error {}

    private let database: TestDatabase
    private let connection: Connection
    private let other: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        other = try database.connect()
        try connection.script("CREATE TABLE t (id int8 PRIMARY KEY, n int8 NOT NULL)")
        try connection.script("INSERT INTO t VALUES (1, 0), (2, 0)")
    }

    private func value(_ id: Int) throws -> Int {
        try other.query("SELECT n FROM t WHERE id = \(id)").only().int(0)
    }

    @Test("is visible to others as a whole when it has returned")
    func commits() throws {
        let answer = try connection.transaction {
            try connection.execute("UPDATE t SET n = 1 WHERE id = 1")
            #expect(connection.transactionStatus == .inTransaction)
            #expect(try value(1) == 0)
            try connection.execute("UPDATE t SET n = 1 WHERE id = 2")
            return "done"
        }
        #expect(answer == "done")
        #expect(try value(1) == 1)
        #expect(connection.transactionStatus == .idle)
    }

    @Test("leaves nothing when it throws")
    func rollsBack() throws {
        #expect(throws: Refusal.self) {
            try connection.transaction {
                try connection.execute("UPDATE t SET n = 1")
                throw Refusal()
            }
        }
        #expect(try value(1) == 0)
        #expect(connection.transactionStatus == .idle)
    }

    @Test("that did nothing costs nothing")
    func empty() throws {
        try connection.transaction {}
        #expect(throws: Refusal.self) { try connection.transaction { throw Refusal() } }
        #expect(connection.transactionStatus == .idle)
    }

    @Test("inside another can fail alone")
    func savepoints() throws {
        try connection.transaction {
            try connection.execute("UPDATE t SET n = 1 WHERE id = 1")
            #expect(throws: PostgresError.self) {
                try connection.transaction {
                    try connection.execute("UPDATE t SET n = 5 WHERE id = 2")
                    try connection.execute("INSERT INTO t VALUES (1, 1)")
                }
            }
            try connection.transaction { try connection.execute("INSERT INTO t VALUES (3, 3)") }
        }
        #expect(try value(1) == 1)
        #expect(try value(2) == 0)
        #expect(try value(3) == 3)
    }

    @Test("does not pass for committed when a failed statement was swallowed")
    func swallowed() throws {
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction {
                try connection.execute("UPDATE t SET n = 1")
                _ = try? connection.execute("SELECT 1 / 0")
            }
        }
        #expect(error?.code == .transactionAborted)
        #expect(try value(1) == 0)
    }

    @Test("is tried again after a serialisation failure, as often as allowed")
    func retries() throws {
        var runs = 0
        try connection.transaction(.repeatableRead, attempts: 3) {
            runs += 1
            let seen = try connection.query("SELECT n FROM t WHERE id = 1").only().int(0)
            if runs < 3 { try other.execute("UPDATE t SET n = n + 10 WHERE id = 1") }
            try connection.execute("UPDATE t SET n = \(seen + 1) WHERE id = 1")
        }
        #expect(runs == 3)
        #expect(try value(1) == 21)
        runs = 0
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction(.repeatableRead, attempts: 2) {
                runs += 1
                try connection.query("SELECT n FROM t WHERE id = 1")
                try other.execute("UPDATE t SET n = 0 WHERE id = 1")
                try connection.execute("UPDATE t SET n = 1 WHERE id = 1")
            }
        }
        #expect(runs == 2)
        #expect(error?.code == .serializationFailure)
    }

    @Test("is tried again when the session was ended before COMMIT")
    func retriesLostConnection() throws {
        var runs = 0
        try connection.transaction(attempts: 2) {
            runs += 1
            try connection.execute("UPDATE t SET n = n + 1 WHERE id = 1")
            if runs == 1 {
                let session = Int32(connection.serverProcessID)
                try other.query("SELECT pg_terminate_backend(\(session), 10000)")
            }
            try connection.execute("UPDATE t SET n = n + 1 WHERE id = 1")
        }
        #expect(runs == 2)
        #expect(try value(1) == 2)
    }

    @Test("that may only read does not write")
    func readOnly() throws {
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction(isReadOnly: true) {
                try connection.execute("UPDATE t SET n = 1")
            }
        }
        #expect(error?.code == .readOnly)
    }

    @Test("has the isolation asked for", arguments: [Isolation.repeatableRead, .serializable])
    func isolation(_ isolation: Isolation) throws {
        let shown = try connection.transaction(isolation) {
            try connection.query("SELECT current_setting('transaction_isolation')").only().string(0)
        }
        #expect(shown == isolation.rawValue.lowercased())
    }
}
