import GitdexTesting
import Postgres
import Testing

@Suite("A pipeline")
struct PipelineTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try connection.script("CREATE TABLE t (n int8 PRIMARY KEY)")
    }

    private func count() throws -> Int {
        try connection.query("SELECT count(*) FROM t").only().int(0)
    }

    @Test("answers each statement in order")
    func order() throws {
        let rows = try connection.pipeline([
            "INSERT INTO t VALUES (\(1)), (\(2))", "SELECT n FROM t ORDER BY n",
            "DELETE FROM t WHERE n = \(1)", "SELECT n FROM t",
        ])
        #expect(rows.map(\.affectedRows) == [2, 2, 1, 1])
        #expect(try rows[1].map { try $0.int(0) } == [1, 2])
        #expect(try rows[3].only().int(0) == 2)
        #expect(try connection.pipeline([]).isEmpty)
    }

    @Test("is one transaction, and says which statement failed")
    func atomic() throws {
        for _ in 0..<3 {
            let error = #expect(throws: PostgresError.self) {
                try connection.pipeline([
                    "INSERT INTO t VALUES (\(1))", "INSERT INTO t VALUES (\(2))",
                    "INSERT INTO t VALUES (\(1))", "INSERT INTO t VALUES (\(3))",
                ])
            }
            #expect(error?.code == .uniqueViolation)
            #expect(error?.statementIndex == 2)
            #expect(try count() == 0)
        }
    }

    @Test("may bring its own BEGIN and COMMIT")
    func ownTransaction() throws {
        try connection.pipeline(["BEGIN", "INSERT INTO t VALUES (1)", "COMMIT"])
        #expect(try count() == 1)
        #expect(throws: PostgresError.self) {
            try connection.pipeline(["BEGIN", "INSERT INTO t VALUES (1)", "COMMIT"])
        }
        #expect(connection.transactionStatus == .idle)
        #expect(try count() == 1)
    }

    @Test("takes BEGIN along inside a transaction")
    func inTransaction() throws {
        try connection.transaction(.repeatableRead) {
            let rows = try connection.pipeline([
                "INSERT INTO t VALUES (\(1))", "SELECT current_setting('transaction_isolation')",
            ])
            #expect(rows.count == 2)
            #expect(try rows[1].only().string(0) == "repeatable read")
        }
        #expect(try count() == 1)
        let error = #expect(throws: PostgresError.self) {
            try connection.transaction {
                try connection.pipeline(["SELECT 1", "INSERT INTO t VALUES (\(1))"])
            }
        }
        #expect(error?.statementIndex == 1)
    }

    @Test("prepares what comes again, and goes on after failures")
    func prepares() throws {
        for round in 0..<5 {
            try connection.pipeline((0..<20).map { "INSERT INTO t VALUES (\(round * 100 + $0))" })
            #expect(throws: PostgresError.self) {
                try connection.pipeline(["INSERT INTO t VALUES (\(0))", "SELECT \("x")"])
            }
        }
        #expect(try count() == 100)
    }

    @Test("carries more than any buffer holds, both ways")
    func large() throws {
        let big = [UInt8](repeating: 1, count: 1 << 20)
        let rows = try connection.pipeline((0..<40).map { _ in "SELECT \(big), length(\(big))" })
        #expect(rows.count == 40)
        #expect(try rows.allSatisfy { try $0.only().bytes(0) == big })
    }
}
