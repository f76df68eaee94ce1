import GitdexTesting
import Postgres
import Testing

@Suite("SQL")
struct SQLTests {
    @Test("numbers its parameters through nested parts")
    func numbering() {
        let condition: SQL = "b = \(2) AND c = \("x")"
        let sql: SQL = "SELECT \(1) WHERE \(condition) LIMIT \(3)"
        #expect(sql.text == "SELECT $1 WHERE b = $2 AND c = $3 LIMIT $4")
        #expect(sql.parameterCount == 4)
        var joined = sql + " OFFSET \(4)"
        joined += " FOR UPDATE"
        #expect(joined.text.hasSuffix("LIMIT $4 OFFSET $5 FOR UPDATE"))
        #expect(("SELECT 1" as SQL).text == "SELECT 1")
    }

    @Test("quotes identifiers so that they stay identifiers")
    func identifiers() {
        let sql: SQL = "SELECT * FROM \(identifier: #"a"; DROP TABLE t; --"#)"
        #expect(sql.text == #"SELECT * FROM "a""; DROP TABLE t; --""#)
    }

    @Test(
        "binds attempts at injection",
        arguments: [
            "'; DROP TABLE t; --", "' OR '1'='1", "\\'; DROP TABLE t; --", "$1", "\u{2019}; --",
            "x'); DELETE FROM t; --", "/* */ 1", "%' OR name LIKE '%",
        ])
    func injection(_ hostile: String) throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try connection.script("CREATE TABLE t (name text); INSERT INTO t VALUES ('kept')")
        #expect(try connection.query("SELECT name FROM t WHERE name = \(hostile)").isEmpty)
        try connection.execute("INSERT INTO t VALUES (\(hostile))")
        let rows = try connection.query("SELECT name FROM t ORDER BY name = 'kept' DESC")
        #expect(try rows.map { try $0.string(0) } == ["kept", hostile])
        let table: SQL = "CREATE TABLE \(identifier: hostile) (n int8)"
        try connection.execute(table)
        #expect(try connection.query("SELECT * FROM \(identifier: hostile)").isEmpty)
        #expect(try connection.query("SELECT count(*) FROM t").only().int(0) == 2)
    }
}
