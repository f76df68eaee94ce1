import GitdexTesting
import Postgres
import Testing

@Suite("Streaming rows")
struct StreamTests {
    private struct Enough: Error {}

    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
    }

    @Test("hands out every row in order")
    func all() throws {
        var expected = 1
        let last = 300_000
        try connection.forEachRow(
            "SELECT n, repeat('x', 100) FROM generate_series(1, \(last)) n"
        ) { row in
            if try row.int(0) == expected { expected += 1 }
        }
        #expect(expected == last + 1)
        try connection.forEachRow("SELECT 1 WHERE false") { _ in Issue.record("no row expected") }
    }

    @Test("stops at the server when the reader has had enough")
    func stops() throws {
        var rows = 0
        #expect(throws: Enough.self) {
            // Without cancelling this would go on for hours.
            try connection.forEachRow("SELECT generate_series(1, 100000000000)") { _ in
                rows += 1
                if rows == 10 { throw Enough() }
            }
        }
        #expect(rows == 10)
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
    }

    @Test("tells of an error in the middle")
    func failure() throws {
        var rows = 0
        let error = #expect(throws: PostgresError.self) {
            try connection.forEachRow("SELECT 10 / (10 - n) FROM generate_series(1, 20) n") { _ in
                rows += 1
            }
        }
        #expect(error?.code == .invalidValue)
        #expect(rows == 9)
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
    }

    @Test("allows no other statement meanwhile")
    func nested() throws {
        var inner: PostgresError?
        try connection.forEachRow("SELECT 1") { _ in
            inner = #expect(throws: PostgresError.self) { try connection.query("SELECT 2") }
        }
        #expect(inner?.code == .protocolViolation)
        #expect(try connection.query("SELECT 2").only().int(0) == 2)
    }

    @Test("works inside a transaction")
    func inTransaction() throws {
        let sum = try connection.transaction {
            var sum = 0
            try connection.forEachRow("SELECT generate_series(1, 10)") { sum += try $0.int(0) }
            return sum
        }
        #expect(sum == 55)
    }
}
