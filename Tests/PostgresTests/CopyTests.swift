import GitdexTesting
import Postgres
import Testing

@Suite("COPY")
struct CopyTests {
    private struct Refusal: Error {}

    private let database: TestDatabase
    private let connection: Connection
    private let statement = "COPY t FROM STDIN (FORMAT binary)"

    init() throws {
        database = try TestDatabase(extensions: ["vector"])
        connection = try database.connect()
    }

    @Test("loads each type, raw ones and NULL included")
    func types() throws {
        try connection.script(
            """
            CREATE TABLE t (a int2, b int4, c int8, d float8, e bool, f text, g bytea,
                            h int8[], i tsvector, j halfvec(2), k text)
            """)
        let count = try connection.copyIn(statement) { writer in
            for _ in 0..<2 {
                try writer.beginRow(columns: 11)
                writer.write(Int16(-1))
                writer.write(Int32(2))
                writer.write(3)
                writer.write(0.5)
                writer.write(true)
                writer.write("ä\n")
                writer.write([0, 1, 255] as [UInt8])
                writer.write([1, 2])
                writer.writeField { $0 += [0, 0, 0, 1] + Array("ab".utf8) + [0, 0, 1, 0, 3] }
                let vector: [UInt8] = [0, 2, 0, 0, 0x3C, 0, 0x40, 0]
                vector.withUnsafeBytes { writer.write(bytes: $0) }
                writer.writeNull()
            }
        }
        #expect(count == 2)
        let row = try connection.query("SELECT *, i::text, j::text FROM t LIMIT 1").only()
        #expect(try row.int(0) == -1 && row.int(1) == 2 && row.int(2) == 3)
        #expect(try row.double(3) == 0.5 && row.bool(4))
        #expect(try row.string(5) == "ä\n")
        #expect(try row.bytes(6) == [0, 1, 255])
        #expect(try row.decode(7, as: [Int64].self) == [1, 2])
        #expect(try row.isNull(10))
        #expect(try row.string(11) == "'ab':3")
        #expect(try row.string(12) == "[1,2]")
    }

    @Test("loads many rows in a transaction")
    func many() throws {
        try connection.transaction {
            try connection.script("CREATE TABLE t (n int8, body bytea)")
            let body = [UInt8](repeating: 9, count: 100)
            let count = try connection.copyIn(statement) { writer in
                for number in 0..<100_000 {
                    try writer.beginRow(columns: 2)
                    writer.write(number)
                    writer.write(body)
                }
            }
            #expect(count == 100_000)
        }
        let row = try connection.query("SELECT sum(n)::int8, sum(length(body))::int8 FROM t").only()
        #expect(try row.int(0) == 4_999_950_000)
        #expect(try row.int(1) == 10_000_000)
    }

    @Test("loads nothing when the writing throws, and the connection goes on")
    func writerThrows() throws {
        try connection.script("CREATE TABLE t (n int8)")
        #expect(throws: Refusal.self) {
            try connection.copyIn(statement) { writer in
                try writer.beginRow(columns: 1)
                writer.write(1)
                throw Refusal()
            }
        }
        #expect(try connection.query("SELECT count(*) FROM t").only().int(0) == 0)
    }

    @Test("tells the server's reason when it refuses a row", arguments: [1, 100_000])
    func serverRefuses(rows: Int) throws {
        try connection.script("CREATE TABLE t (n int8 CHECK (n <> 0))")
        let error = #expect(throws: PostgresError.self) {
            try connection.copyIn(statement) { writer in
                for number in 0..<rows {
                    try writer.beginRow(columns: 1)
                    writer.write(number)
                }
            }
        }
        #expect(error?.code == .checkViolation)
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
    }

    @Test("refuses rows with too few or too many columns")
    func incompleteRows() throws {
        try connection.script("CREATE TABLE t (n int8, m int8)")
        for columns in [1, 3] {
            let error = #expect(throws: PostgresError.self) {
                try connection.copyIn(statement) { writer in
                    try writer.beginRow(columns: 2)
                    for column in 0..<columns { writer.write(column) }
                }
            }
            #expect(error?.code == .protocolViolation)
        }
        let error = #expect(throws: PostgresError.self) {
            try connection.copyIn("SELECT 1") { _ in }
        }
        #expect(error?.code == .protocolViolation)
        #expect(try connection.query("SELECT count(*) FROM t").only().int(0) == 0)
    }
}
