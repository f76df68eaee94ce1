import GitdexTesting
import Postgres
import Testing

@Suite("Errors of the server")
struct PostgresErrorTests {
    struct Failure: Sendable, CustomTestStringConvertible {
        let sql: String
        let code: PostgresError.Code
        let state: String
        var testDescription: String { "\(state) \(sql)" }
    }

    private static let failures: [Failure] = [
        Failure(sql: "INSERT INTO t (id) VALUES (1)", code: .uniqueViolation, state: "23505"),
        Failure(sql: "INSERT INTO t VALUES (2, 9)", code: .foreignKeyViolation, state: "23503"),
        Failure(sql: "INSERT INTO t VALUES (NULL)", code: .notNullViolation, state: "23502"),
        Failure(sql: "INSERT INTO t VALUES (-1)", code: .checkViolation, state: "23514"),
        Failure(sql: "SELECT * FROM missing", code: .undefinedTable, state: "42P01"),
        Failure(sql: "SELECT missing FROM t", code: .undefinedColumn, state: "42703"),
        Failure(sql: "SELECT missing(1)", code: .undefinedFunction, state: "42883"),
        Failure(sql: "SELECT 1::missing", code: .undefinedObject, state: "42704"),
        Failure(sql: "CREATE TABLE t ()", code: .duplicateObject, state: "42P07"),
        Failure(sql: "SELEC 1", code: .syntaxError, state: "42601"),
        Failure(sql: "SELECT 1 / 0", code: .invalidValue, state: "22012"),
        Failure(sql: "SELECT 'geheim'::int4", code: .invalidValue, state: "22P02"),
        Failure(sql: "CREATE EXTENSION missing", code: .featureNotSupported, state: "0A000"),
        Failure(sql: "SET ROLE r; SELECT * FROM t", code: .insufficientPrivilege, state: "42501"),
        Failure(
            sql: "SET TRANSACTION READ ONLY; DELETE FROM t", code: .readOnly, state: "25006"),
        Failure(
            sql: "SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(60)", code: .timeout,
            state: "57014"),
        Failure(
            sql: "DO $$ BEGIN RAISE SQLSTATE '53100'; END $$", code: .diskFull, state: "53100"),
        Failure(
            sql: "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", code: .serializationFailure,
            state: "40001"),
        Failure(sql: "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", code: .deadlock, state: "40P01"),
        Failure(
            sql: "DO $$ BEGIN RAISE SQLSTATE 'XX999'; END $$", code: .other, state: "XX999"),
    ]

    @Test("have codes by their SQLSTATE", arguments: failures)
    func codes(_ failure: Failure) throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try connection.script(
            """
            CREATE TABLE t (id int8 PRIMARY KEY CHECK (id > 0), parent int8 REFERENCES t);
            INSERT INTO t VALUES (1);
            DO $$ BEGIN CREATE ROLE r; EXCEPTION WHEN OTHERS THEN NULL; END $$;
            """)
        try connection.script("BEGIN")
        let error = #expect(throws: PostgresError.self) { try connection.script(failure.sql) }
        #expect(error?.code == failure.code)
        #expect(error?.sqlState == failure.state)
        #expect(error?.description.contains("geheim") == false)
        #expect(connection.transactionStatus == .failed)
    }

    @Test("name the constraint and the table, and no values")
    func constraint() throws {
        let database = try TestDatabase()
        let connection = try database.connect()
        try connection.script(
            "CREATE TABLE accounts (mail text CONSTRAINT accounts_mail_key UNIQUE)")
        try connection.execute("INSERT INTO accounts VALUES (\("private@example.org"))")
        let error = #expect(throws: PostgresError.self) {
            try connection.execute("INSERT INTO accounts VALUES (\("private@example.org"))")
        }
        #expect(error?.constraint == "accounts_mail_key")
        #expect(error?.table == "accounts")
        #expect(error?.description.contains("private") == false)
    }
}
