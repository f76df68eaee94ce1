import GitdexTesting
import Testing

@Suite("A command ends in one way only")
struct TerminationTests {
    /// The models' thread is in its first use of OpenSSL while the main thread gives up: the clean-up
    /// of OpenSSL at an exit took away what it was about to use, now and then.
    @Test("giving up never crashes on what another thread is at")
    func closedPort() throws {
        let bench = try CommandBench(migrates: false)
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        bench.environment["DATABASE_URL"] = "postgresql://x@127.0.0.1:1/y"
        var statuses: Set<Int32> = []
        for _ in 0..<60 { statuses.insert(try bench.gitdex("index").status) }
        #expect(statuses == [3])
    }

    @Test("help, a version and a completion script end well")
    func success() throws {
        let bench = try CommandBench(migrates: false)
        for words in [["--help"], ["--version"], ["help", "db", "url"]] {
            let outcome = try bench.start(words).finish()
            #expect(outcome.status == 0)
            #expect(!outcome.output.isEmpty)
            #expect(outcome.errors.isEmpty)
        }
        let script = try bench.gitdex("--generate-completion-script", "bash")
        #expect(script.status == 0)
        #expect(script.output.contains("gitdex"))
    }
}
