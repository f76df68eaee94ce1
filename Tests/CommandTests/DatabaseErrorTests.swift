import GitdexTesting
import Testing

/// A database that cannot be used ends with status 3.
@Suite("A database out of reach is one line and status 3")
struct DatabaseErrorTests {
    private static let commands = [
        ["index"], ["search", "x"], ["related", "a.py:1"], ["status"], ["verify"], ["gc"],
    ]

    @Test("nobody listens", arguments: commands + [["migrate", "up"], ["migrate", "status"]])
    func closedPort(words: [String]) throws {
        let bench = try CommandBench(migrates: false)
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        bench.environment["DATABASE_URL"] = "postgresql://me:hunter2@127.0.0.1:1/gitdex"
        let outcome = try bench.start(words).finish()
        expectRefusal(outcome, status: 3, "DATABASE_URL")
        #expect(!outcome.errors.contains("hunter2"))
    }

    @Test("the database is not there")
    func noDatabase() throws {
        let bench = try CommandBench(migrates: false)
        let url = try #require(bench.environment["DATABASE_URL"])
        let parts = url.split(separator: "?", maxSplits: 1)
        let base = parts[0].split(separator: "/").dropLast().joined(separator: "//")
        bench.environment["DATABASE_URL"] = "\(base)/no_such_database?\(parts.last ?? "")"
        expectRefusal(try bench.gitdex("status"), status: 3, "no_such_database")
    }

    @Test("the schema is missing", arguments: commands)
    func schemaBehind(words: [String]) throws {
        let bench = try CommandBench(migrates: false)
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        expectRefusal(try bench.start(words).finish(), status: 3, "gitdex migrate up")
        #expect(
            try bench.database.column(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
            ).isEmpty)
    }

    @Test("the schema is newer than the program", arguments: commands)
    func schemaNewer(words: [String]) throws {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        try bench.database.run(
            "INSERT INTO schema_migrations (number, name, checksum) VALUES (9999, 'later', 'x')")
        expectRefusal(try bench.start(words).finish(), status: 3, "newer")
        expectRefusal(try bench.gitdex("migrate", "up"), status: 3, "newer")
    }
}
