import GitdexTesting
import Postgres
import Storage
import Testing

/// A database with the whole schema in which every table takes any row, so that only the row security
/// decides; each table has one row of each of two workspaces.
final class TenantTables {
    static let first = 101
    static let second = 102

    /// A table, as the catalog has it.
    struct Table: Sendable, CustomStringConvertible {
        let name: String
        /// The column that says whose a row is; nil for none.
        let key: String?
        var description: String { name }
    }

    let database: TestDatabase
    /// A connection of the program's own.
    let connection: Connection
    let tables: [Table]

    init() throws {
        database = try TestDatabase()
        let owner = try database.connect()
        try SchemaMigrator(connection: owner).up()
        try owner.script("DELETE FROM workspaces")
        try owner.script(Self.openTables)
        tables = try owner.query(
            """
            SELECT c.relname::text, (SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = c.oid AND NOT a.attisdropped
                AND (a.attname = 'workspace_id' OR c.relname = 'workspaces' AND a.attname = 'id'))
            FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
            ORDER BY 1
            """
        ).map { Table(name: try $0.string(0), key: try $0.optionalString(1)) }
        connection = try database.connect(.program())
        for table in tables {
            guard let key = table.key else { continue }
            for workspace in [Self.first, Self.second] {
                try owner.execute(try Self.insertion(table.name, key, workspace, owner))
            }
        }
    }

    /// Takes away what would refuse or add rows: checks, references and triggers.
    private static let openTables = """
        DO $$
        DECLARE
            item record;
        BEGIN
            FOR item IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f')
                    AND conparentid = 0 LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', item.place, item.conname);
            END LOOP;
            FOR item IN SELECT oid::regclass AS place FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                EXECUTE format('ALTER TABLE %s DISABLE TRIGGER ALL', item.place);
            END LOOP;
        END
        $$;
        """

    /// A statement that adds a row of a workspace, whatever columns the table has.
    static func insertion(
        _ table: String, _ key: String, _ workspace: Int, _ owner: Connection
    ) throws -> SQL {
        let columns = try owner.query(
            """
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), t.typcategory::text
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = \(table)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                AND a.attgenerated = ''
            """)
        var names: [String] = []
        var values: [String] = []
        for column in columns {
            let name = try column.string(0)
            names.append("\"\(name)\"")
            if name == key {
                values.append(String(workspace))
            } else {
                let type = try column.string(1)
                let category = try column.string(2)
                let text = try #require(
                    value(type, category, workspace), "no value of type \(type) for \(table)")
                values.append("'\(text)'::\(type)")
            }
        }
        return SQL(
            unsafe: """
                INSERT INTO \(table) (\(names.joined(separator: ", "))) OVERRIDING SYSTEM VALUE
                VALUES (\(values.joined(separator: ", ")))
                """)
    }

    private static func value(_ type: String, _ category: String, _ number: Int) -> String? {
        switch (type, category) {
        case (_, "N"): String(number % 100)
        case (_, "S"): "text \(number)"
        case (_, "B"): "true"
        case (_, "D"): "2026-11-25"
        case (_, "T"): "1 second"
        case (_, "A"): "{}"
        case (_, "I"): "192.0.2.1"
        case ("bytea", _): "\\x\(number)0"
        case ("jsonb", _), ("json", _): "{}"
        case ("uuid", _): "00000000-0000-0000-0000-000000000\(number)"
        case ("tsvector", _): ""
        case ("halfvec", _), ("vector", _): "[1]"
        default: nil
        }
    }

    // MARK: Trying

    /// What became of a statement.
    enum Outcome: Equatable {
        /// It went through and saw or changed this many rows.
        case rows(Int)
        /// The server refused it.
        case refused
    }

    private struct Undone: Error {
        let outcome: Outcome
    }

    /// Runs a statement in a scope, and takes back what it did.
    func attempt(_ sql: SQL, in scope: TransactionScope?) throws -> Outcome {
        func body() throws -> Outcome {
            do {
                try connection.transaction {
                    throw Undone(outcome: .rows(try connection.query(sql).affectedRows))
                }
                return .rows(0)
            } catch let undone as Undone {
                return undone.outcome
            } catch let error as PostgresError where error.code == .insufficientPrivilege {
                return .refused
            }
        }
        guard let scope else { return try body() }
        return try connection.inScope(scope) { try body() }
    }

    /// The workspaces whose rows are seen in a scope; nil where the table is refused.
    func seen(_ table: Table, in scope: TransactionScope?) throws -> Set<Int>? {
        let key = table.key ?? "1"
        let statement = SQL(unsafe: "SELECT \(key)::bigint FROM \(table.name)")
        func body() throws -> Set<Int> {
            Set(try connection.query(statement).map { try $0.int(0) })
        }
        do {
            guard let scope else { return try body() }
            return try connection.inScope(scope) { try body() }
        } catch let error as PostgresError where error.code == .insufficientPrivilege {
            return nil
        }
    }
}
