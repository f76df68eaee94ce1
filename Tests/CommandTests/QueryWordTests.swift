import GitdexTesting
import Testing

@Suite("Words of a query may begin with a dash")
struct QueryWordTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def open_session():\n    return 'here'\n")
        try bench.fixture.write("b.py", "def close_session():\n    return 'cookie'\n")
        try bench.fixture.commit()
        try bench.gitdex("index")
        return bench
    }

    private func paths(_ bench: CommandBench, _ words: String...) throws -> [String] {
        let outcome = try bench.start(["search"] + words).finish()
        #expect(outcome.status == 0, "\(words): \(outcome.errors)")
        return try outcome.json()["results"].elements.compactMap { $0["path"].string }
    }

    @Test("and leave out what holds them")
    func excluded() throws {
        let bench = try filled()
        #expect(try paths(bench, "-here session", "--json") == ["b.py"])
        #expect(try paths(bench, "session", "-cookie", "--json") == ["a.py"])
        #expect(
            try paths(bench, "--json", "--lang", "python", "-hq", "-cookie", "session") == ["a.py"])
        #expect(try paths(bench, "--json", "-k", "1", "--", "session", "-cookie") == ["a.py"])
        #expect(try paths(bench, "--json", "--", "session", "-h").count == 2)
    }

    @Test("and options stay options")
    func options() throws {
        let bench = try filled()
        #expect(try paths(bench, "session", "-q", "-k", "1", "--json").count == 1)
        #expect(try bench.gitdex("search", "session", "-h").output.contains("USAGE"))
        #expect(try bench.gitdex("search", "session", "--nope").status == 2)
        #expect(try bench.gitdex("search", "session", "-k", "-5").status == 2)
        let query = try bench.json("search", "session", "-cookie")["query"].string
        #expect(query == "session -cookie")
    }
}
