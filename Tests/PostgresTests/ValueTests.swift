import GitdexTesting
import Postgres
import Testing

@Suite("Values")
struct ValueTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
    }

    /// Binds, lets the server check the type's name, and reads.
    private func roundTrip<T: PostgresParameter & PostgresDecodable & Equatable>(
        _ value: T, _ type: String
    ) throws {
        let row = try connection.query("SELECT \(value), pg_typeof(\(value))::text").only()
        #expect(try row.decode(0, as: T.self) == value)
        #expect(try row.string(1) == type)
    }

    @Test("come back as they went")
    func scalars() throws {
        for value in [0, 1, -1, Int.max, Int.min] { try roundTrip(value, "bigint") }
        for value in [0, Int32.max, Int32.min] { try roundTrip(value, "integer") }
        for value in [0, Int16.max, Int16.min] { try roundTrip(value, "smallint") }
        for value in [0, -0.5, .pi, .infinity, Double.leastNonzeroMagnitude] {
            try roundTrip(value, "double precision")
        }
        try roundTrip(Float(1.5), "real")
        try roundTrip(true, "boolean")
        try roundTrip(false, "boolean")
        for text in [
            "", "plain", "Grüße, 世界 👩‍👩‍👧‍👦", "quote ' and \" and \\ and $1 and ;--", "\u{1}\n\t",
        ] {
            try roundTrip(text, "text")
        }
        try roundTrip([UInt8](), "bytea")
        try roundTrip([UInt8](0...255), "bytea")
        try roundTrip([UInt8](repeating: 7, count: 5_000_000), "bytea")
        try roundTrip(
            Timestamp(unixMicroseconds: 1_790_000_000_123_456), "timestamp with time zone")
        try roundTrip(Timestamp(unixMicroseconds: -1), "timestamp with time zone")
    }

    @Test("come back as they went in arrays")
    func arrays() throws {
        try roundTrip([Int64](), "bigint[]")
        try roundTrip([1, -2, Int64.max], "bigint[]")
        try roundTrip([Int](0..<10_000), "bigint[]")
        try roundTrip([Int32(5), -6], "integer[]")
        try roundTrip([Int16(5), -6], "smallint[]")
        try roundTrip(["", "ä", "{,\"}", "NULL"], "text[]")
        try roundTrip([[UInt8]](), "bytea[]")
        try roundTrip([[], [0, 255], [1]] as [[UInt8]], "bytea[]")
        try roundTrip([true, false], "boolean[]")
        try roundTrip([0.5, -1], "double precision[]")
        try roundTrip([Float(0.5)], "real[]")
        try roundTrip([1, nil, 3] as [Int64?], "bigint[]")
        try roundTrip(["a", nil] as [String?], "text[]")
        try roundTrip([nil, [1]] as [[UInt8]?], "bytea[]")
    }

    @Test("may be NULL")
    func nulls() throws {
        try roundTrip(nil as Int?, "bigint")
        try roundTrip(nil as String?, "text")
        try roundTrip(nil as [UInt8]?, "bytea")
        try roundTrip(7 as Int?, "bigint")
        let row = try connection.query("SELECT NULL::text, 'x'").only()
        #expect(try row.isNull(0))
        #expect(try row.optionalString(0) == nil)
        #expect(try row.optionalString(1) == "x")
        let error = #expect(throws: PostgresError.self) { try row.string(0) }
        #expect(error?.code == .unexpectedNull)
    }

    @Test("are read from the types that hold them")
    func conversions() throws {
        let row = try connection.query(
            """
            SELECT 7::int2, 7::int4, 7::int8, 'n'::name, '{"a": 1}'::jsonb, 'v'::varchar,
                   '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid, 0.5::float4, 3000000000::oid
            """
        ).only()
        for column in 0..<3 {
            #expect(try row.int(column) == 7)
            #expect(try row.int32(column) == 7)
            #expect(try row.double(column) == 7)
        }
        #expect(try row.string(3) == "n")
        #expect(try row.string(4) == #"{"a": 1}"#)
        #expect(try row.bytes(4) == Array(#"{"a": 1}"#.utf8))
        #expect(try row.string(5) == "v")
        #expect(try row.string(6) == "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
        #expect(try row.double(7) == 0.5)
        #expect(try row.int(8) == 3_000_000_000)
        #expect(try row.column(named: "uuid") == 6)
    }

    @Test("are not read as what they are not")
    func wrongTypes() throws {
        let row = try connection.query("SELECT 'text', 5::int8, 1.5::numeric, true, 70000").only()
        func code<T: PostgresDecodable>(_ column: Int, _ type: T.Type) -> PostgresError.Code? {
            do throws(PostgresError) {
                _ = try row.decode(column, as: type)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(0, Int.self) == .wrongType)
        #expect(code(1, String.self) == .wrongType)
        #expect(code(1, Bool.self) == .wrongType)
        #expect(code(2, Double.self) == .wrongType)
        #expect(code(2, Int.self) == .wrongType)
        #expect(code(3, Int.self) == .wrongType)
        #expect(code(4, Int16.self) == .wrongType)
        #expect(code(4, [Int].self) == .wrongType)
        #expect(code(9, Int.self) == .noSuchColumn)
        #expect(code(-1, Int.self) == .noSuchColumn)
    }

    @Test("of enumerations are text, and of vectors are not")
    func userTypes() throws {
        try connection.script("CREATE TYPE colour AS ENUM ('red'); CREATE EXTENSION vector")
        let row = try connection.query("SELECT 'red'::colour, '[1,2]'::halfvec").only()
        #expect(try row.string(0) == "red")
        #expect(throws: PostgresError.self) { try row.string(1) }
        #expect(try row.bytes(1) == [0, 2, 0, 0, 0x3C, 0, 0x40, 0])
    }

    @Test("that have no Swift type go as bytes, their type inferred or named")
    func rawParameters() throws {
        try connection.script("CREATE EXTENSION vector; CREATE TABLE t (v halfvec(2), w tsvector)")
        let vector: [UInt8] = [0, 2, 0, 0, 0x3C, 0, 0x40, 0]
        let words: [UInt8] = [0, 0, 0, 1] + Array("ab".utf8) + [0, 0, 1, 0, 3]
        try connection.execute(
            "INSERT INTO t VALUES (\(RawParameter(bytes: vector)), \(RawParameter(bytes: words)))")
        let row = try connection.query("SELECT v::text, w::text FROM t").only()
        #expect(try row.string(0) == "[1,2]")
        #expect(try row.string(1) == "'ab':3")
        let half = try connection.typeOID(named: "halfvec")
        let several = RawParameter.array(of: half, [vector, nil, vector])
        let rows = try connection.query("SELECT v::text FROM unnest(\(several)::halfvec[]) v")
        #expect(try rows.map { try $0.optionalString(0) } == ["[1,2]", nil, "[1,2]"])
    }

    @Test("with a NUL in text are refused by the server, and the connection goes on")
    func nulByte() throws {
        let error = #expect(throws: PostgresError.self) { try connection.query("SELECT \("a\0b")") }
        #expect(error?.code == .invalidValue)
        #expect(try connection.query("SELECT 1").only().int(0) == 1)
    }
}
