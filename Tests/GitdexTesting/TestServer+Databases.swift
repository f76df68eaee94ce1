internal import Postgres
internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The databases that test processes take turns with, named `test_<process id>_<number>`.
extension TestServer {
    private struct Databases {
        var free: [String] = []
        var count = 0
    }

    private static let databases = Mutex(Databases())

    /// Everything that a test may have left in a database.
    private static let emptying = """
        SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
        DO $$
        DECLARE
            item text;
        BEGIN
            FOR item IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
                EXECUTE format('DROP EXTENSION %I CASCADE', item);
            END LOOP;
            FOR item IN SELECT nspname FROM pg_namespace
                WHERE nspname <> 'information_schema' AND nspname !~ '^pg_' LOOP
                EXECUTE format('DROP SCHEMA %I CASCADE', item);
            END LOOP;
            EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
        END
        $$;
        CREATE SCHEMA public AUTHORIZATION pg_database_owner;
        GRANT USAGE ON SCHEMA public TO PUBLIC;
        """

    /// An empty database: one used before, one that a dead process left, or a new one.
    static func takeDatabase() throws -> String {
        let (free, number) = databases.withLock { databases in
            let free = databases.free.popLast()
            if free == nil { databases.count += 1 }
            return (free, databases.count)
        }
        if let free { return free }
        let name = "test_\(processID)_\(number)"
        let administrator = try Connection(try shared.get())
        if try adoptLeftover(as: name, administrator) { return name }
        try administrator.execute(
            "CREATE DATABASE \(identifier: name) TEMPLATE template0 STRATEGY file_copy")
        return name
    }

    /// Empties a database for the next test, or drops it where that fails.
    static func giveBack(database name: String) {
        do {
            try empty(name)
            databases.withLock { $0.free.append(name) }
        } catch {
            guard let url = try? shared.get(), let administrator = try? Connection(url) else {
                return
            }
            _ = try? administrator.execute(
                "DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
        }
    }

    static func url(ofDatabase name: String) throws -> String {
        try shared.get().replacing("/gitdex?", with: "/\(name)?")
    }

    private static func empty(_ name: String) throws {
        try Connection(try url(ofDatabase: name)).script(emptying)
    }

    /// Renames a database whose process has died: only one of several can succeed.
    private static func adoptLeftover(as name: String, _ administrator: Connection) throws -> Bool {
        let names = try administrator.query(
            "SELECT datname::text FROM pg_database WHERE datname LIKE 'test\\_%'")
        for row in names {
            let leftover = try row.string(0)
            if leftover == name {
                // A dead process with the process id that this one has now.
                try empty(name)
                return true
            }
            let parts = leftover.split(separator: "_")
            guard parts.count == 3, let owner = pid_t(parts[1]), owner != processID,
                kill(owner, 0) != 0 && errno == ESRCH
            else { continue }
            do {
                try administrator.execute(
                    "ALTER DATABASE \(identifier: leftover) RENAME TO \(identifier: name)")
                try empty(name)
                return true
            } catch {
                continue
            }
        }
        return false
    }
}
