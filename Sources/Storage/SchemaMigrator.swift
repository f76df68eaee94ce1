import Cryptography
public import Migrations
public import Postgres

/// Takes a database's schema up and down, one numbered step at a time.
///
/// Steps run under an advisory lock, each in a transaction of its own. The checksum of each step
/// is kept, so that a step that was changed after it ran is noticed.
public struct SchemaMigrator {
    /// A step and whether the database has it.
    public struct State: Sendable {
        /// The step's number.
        public let number: Int
        /// The words of its name.
        public let name: String
        /// Whether it has been applied.
        public let isApplied: Bool
    }

    /// The schema is its owner's.
    private let connection: ScopedConnection
    private let migrations: [Migration]

    /// Makes a migrator.
    ///
    /// - Parameters:
    ///   - connection: A connection whose role may create tables.
    ///   - migrations: The steps, numbered from 1 without gaps.
    public init(connection: Connection, migrations: [Migration] = Migration.all) {
        self.connection = connection.scoped(.owner)
        self.migrations = migrations
    }

    /// Whether the database has every step of this program.
    ///
    /// Costs one round trip.
    ///
    /// - Returns: Whether nothing is left to do.
    /// - Throws: ``StorageError`` with code `schemaUnknown` when the database is newer than this
    ///   program or a step was changed, or what the database said.
    public func isCurrent() throws -> Bool {
        let applied: [Int: String]
        do {
            applied = try seenChecksums()
        } catch let error as PostgresError where error.code == .undefinedTable {
            return false
        }
        try check(applied)
        return applied.count == migrations.count
    }

    /// Returns every step with whether the database has it.
    ///
    /// - Returns: The steps, in order.
    /// - Throws: As ``isCurrent()``.
    public func states() throws -> [State] {
        var applied: [Int: String] = [:]
        do {
            applied = try seenChecksums()
        } catch let error as PostgresError where error.code == .undefinedTable {
            // A new database has no table of steps yet.
        }
        try check(applied)
        return migrations.map {
            State(number: $0.number, name: $0.name, isApplied: applied[$0.number] != nil)
        }
    }

    /// Applies the steps that are missing, up to one.
    ///
    /// - Parameter target: The last step to apply; nil for all.
    /// - Returns: The numbers of the steps that were applied.
    /// - Throws: ``StorageError`` or what the database said; steps before the failing one stay.
    @discardableResult
    public func up(to target: Int? = nil) throws -> [Int] {
        try checkServer()
        return try withLock {
            try connection.script(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now())
                """)
            let applied = try appliedChecksums()
            try check(applied)
            let steps = migrations.filter {
                applied[$0.number] == nil && $0.number <= target ?? .max
            }
            for step in steps {
                try connection.transaction {
                    try connection.script(step.up)
                    try connection.execute(
                        """
                        INSERT INTO schema_migrations (number, name, checksum)
                        VALUES (\(Int32(step.number)), \(step.name), \(checksum(of: step)))
                        """)
                }
            }
            return steps.map(\.number)
        }
    }

    /// Takes back the steps above one, the last first.
    ///
    /// Their data is lost.
    ///
    /// - Parameter target: The last step that stays; 0 takes all back.
    /// - Returns: The numbers of the steps that were taken back.
    /// - Throws: ``StorageError`` or what the database said.
    @discardableResult
    public func down(to target: Int) throws -> [Int] {
        try withLock {
            let applied = try appliedChecksums()
            try check(applied)
            let steps = migrations.filter { applied[$0.number] != nil && $0.number > target }
            for step in steps.reversed() {
                try connection.transaction {
                    try connection.script(step.down)
                    try connection.execute(
                        "DELETE FROM schema_migrations WHERE number = \(Int32(step.number))")
                }
            }
            return steps.reversed().map(\.number)
        }
    }

    // MARK: Checks

    private static let oldestServer = 150_000

    /// Makes sure that the server can hold the schema.
    ///
    /// - Throws: ``StorageError`` with code `serverTooOld` or `vectorExtension`.
    public func checkServer() throws {
        let server = connection.connection.serverVersion
        if server < Self.oldestServer {
            throw StorageError(
                code: .serverTooOld,
                message: "the database server is PostgreSQL \(server / 10_000)",
                remedy: "gitdex needs PostgreSQL 15 or newer; name another server in DATABASE_URL")
        }
        let rows = try connection.query(
            """
            SELECT coalesce(
                (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
                (SELECT default_version FROM pg_available_extensions WHERE name = 'vector'))
            """)
        let version = try rows.first?.optionalString(0)
        let parts = (version ?? "0").split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 2, (parts[0], parts[1]) >= (0, 8) else {
            throw StorageError(
                code: .vectorExtension,
                message: version.map { "the database has pgvector \($0)" }
                    ?? "the database server has no pgvector",
                remedy: """
                    install pgvector 0.8 or newer on the server (an older one in the database: \
                    ALTER EXTENSION vector UPDATE)
                    """)
        }
    }

    private func check(_ applied: [Int: String]) throws {
        let newest = migrations.last?.number ?? 0
        if let unknown = applied.keys.filter({ $0 > newest }).max() {
            throw StorageError(
                code: .schemaUnknown,
                message: """
                    the database's schema is at step \(unknown), this program knows \(newest)
                    """,
                remedy: "use a newer gitdex, or another database")
        }
        for step in migrations {
            if let found = applied[step.number], found != checksum(of: step) {
                throw StorageError(
                    code: .schemaUnknown,
                    message: "step \(step.number) of the database's schema is not this program's",
                    remedy: "use the gitdex that made the database, or another database")
            }
        }
    }

    private func appliedChecksums() throws -> [Int: String] {
        try Self.checksums(in: connection.query(Self.readingChecksums))
    }

    /// The same for a login that does not own the table, which the program's role may look at.
    private func seenChecksums() throws -> [Int: String] {
        do {
            return try Self.checksums(in: connection.connection.query(Self.readingChecksums))
        } catch let error as PostgresError where error.code == .insufficientPrivilege {
            // Not before the step that makes the role.
            return try appliedChecksums()
        }
    }

    private static let readingChecksums: SQL = "SELECT number, checksum FROM schema_migrations"

    private static func checksums(in rows: Rows) throws -> [Int: String] {
        try rows.reduce(into: [:]) { $0[Int(try $1.int32(0))] = try $1.string(1) }
    }

    private func checksum(of step: Migration) -> String {
        var hasher = SHA256Hasher()
        hasher.update(Array(step.up.utf8))
        hasher.update([0])
        hasher.update(Array(step.down.utf8))
        return hasher.finalize().hex
    }

    private func withLock<R>(_ body: () throws -> R) throws -> R {
        _ = try connection.query("SELECT pg_advisory_lock(hashtextextended('gitdex schema', 0))")
        defer {
            _ = try? connection.query(
                "SELECT pg_advisory_unlock(hashtextextended('gitdex schema', 0))")
        }
        return try body()
    }
}
