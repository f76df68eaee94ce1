import GitdexTesting
import Testing

/// What is wrong with the command line or the settings ends with status 2.
@Suite("Wrong usage is one line and status 2")
struct UsageErrorTests {
    @Test(
        "a command line that cannot be meant",
        arguments: [
            (["index", "--nope"], "gitdex index --help"),
            (["nope"], "gitdex --help"),
            (["search"], "gitdex search --help"),
            (["search", " "], "empty"),
            (["search", "x", "-k", "0"], "-k"),
            (["search", "x", "-k", "many"], "-k"),
            (["search", "x", "--mode", "guess"], "hybrid"),
            (["search", "x", "--cursor", "garbage"], "next_cursor"),
            (["search", "--mode", "regex", "("], "regular expression"),
            (["related", "a.py"], "PATH:LINE"),
            (["related", "a.py:0"], "PATH:LINE"),
            (["related", "a.py:1", "-k", "-3"], "-k"),
            (["index", "--worktree", "--all-branches"], "--worktree"),
            (["index", "--ref"], "--ref"),
            (["migrate", "down", "--to", "x"], "--to"),
            (["help", "nope"], "no command 'nope'"),
            (["help", "db", "nope"], "no command 'nope'"),
            (["db", "restart"], "restart"),
            (["status", "--env-file", "missing.env"], "missing.env"),
        ])
    func arguments(words: [String], hint: String) throws {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        if words.first == "search" { try bench.gitdex("index") }
        expectRefusal(try bench.start(words).finish(), status: 2, hint)
    }

    @Test(
        "a malformed setting, named, and never with its value",
        arguments: [
            ("DATABASE_URL", "postgresql:/hunter2"),
            ("DATABASE_URL", "hunter2"),
            ("GITDEX_ASSETS_DIR", "hunter2/assets"),
            ("GITDEX_DATA_DIR", "hunter2/data"),
            ("EMBEDDING_PROVIDER", "hunter2"),
        ])
    func settings(name: String, value: String) throws {
        let bench = try CommandBench(migrates: false)
        bench.environment[name] = value
        let outcome = try bench.gitdex("status")
        expectRefusal(outcome, status: 2, name)
        #expect(!outcome.errors.contains("hunter2"))
    }

    @Test("a file of settings that is none")
    func settingsFile() throws {
        let bench = try CommandBench()
        bench.environment["GITDEX_DATA_DIR"] = bench.fixture.path
        try bench.fixture.write("gitdex.json", "{ hunter2")
        let outcome = try bench.gitdex("status")
        expectRefusal(outcome, status: 2, "gitdex.json")
        #expect(!outcome.errors.contains("hunter2"))
    }

    @Test("settings come from --env-file, and never from a repository's own .env")
    func environmentFiles() throws {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.write(".env", "DATABASE_URL=postgresql://127.0.0.1:1/stolen\n")
        try bench.fixture.commit()
        let url = bench.environment.removeValue(forKey: "DATABASE_URL") ?? ""
        try bench.fixture.write("../own.env", "DATABASE_URL='\(url)'\n")
        let report = try bench.json("index", "--env-file", bench.fixture.folder + "/own.env")
        #expect(report["files"]["total"].int == 2)
        bench.environment["DATABASE_URL"] = url
        #expect(try bench.json("index")["digest"] == report["digest"])
        #expect(try bench.gitdex("search", "first").status == 0)
    }
}
