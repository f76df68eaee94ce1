import GitdexTesting
import Testing

@Suite("What search prints and what it names belong together")
struct ExcerptTests {
    private func bench() throws -> CommandBench {
        let bench = try CommandBench()
        let comment = (1...20).map { "// Note \($0) about the channel.\n" }.joined()
        try bench.fixture.write(
            "flow.js",
            "function first() { return 1 }\n\n" + comment
                + "function launchFlow(flow) {\n  const job = flow.start()\n"
                + (1...20).map { "  job.step(\($0))\n" }.joined()
                + "  job.releaseSemaphore()\n  return job\n}\n")
        try bench.fixture.write("sp ace.js", "const launchSpace = 1\nconst sign = a !== b\n")
        try bench.fixture.commit()
        try bench.gitdex("index")
        return bench
    }

    @Test("the line that is named is among those that are shown", arguments: ["hybrid", "symbol"])
    func namedLine(mode: String) throws {
        let outcome = try bench().gitdex("search", "launchFlow", "--mode", mode, "-k", "1")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("flow.js:23  launchFlow") == true, "\(outcome.output)")
        #expect(lines.contains { $0.hasSuffix("23  function launchFlow(flow) {") })
    }

    @Test("beside the head of a definition stand the lines that match best")
    func bestLines() throws {
        let outcome = try bench().gitdex("search", "launchFlow semaphore", "-k", "1")
        #expect(outcome.output.contains("23  function launchFlow(flow) {"), "\(outcome.output)")
        #expect(outcome.output.contains("45    job.releaseSemaphore()"), "\(outcome.output)")
        #expect(outcome.output.contains("…"))
        #expect(outcome.output.split(separator: "\n").count <= 8)
    }

    @Test("in JSON the lines are those of the snippet")
    func lines() throws {
        let bench = try bench()
        for mode in ["hybrid", "lexical", "semantic", "symbol", "regex"] {
            let answer = try bench.json("search", "launchFlow", "--mode", mode, "-k", "1")
            let result = answer["results"][0]
            let (start, end) = (result["start_line"].int ?? 0, result["end_line"].int ?? 0)
            let lines = (result["snippet"].string ?? "").split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == end - start + 1, "\(mode)")
            if let line = result["symbol_line"].int {
                // Vectors may prefer another definition; what it is named by stands on its line.
                let symbol = result["symbol"].string ?? "none"
                #expect(lines[line - start].hasPrefix("function \(symbol)"), "\(mode)")
                if mode != "semantic" { #expect(symbol == "launchFlow") }
            }
        }
    }

    @Test("signs alone are found, one sign is refused, and a path may hold a space")
    func signs() throws {
        let bench = try bench()
        let signs = try bench.json("search", "!==")
        #expect(signs["results"].elements.map { $0["path"].string } == ["sp ace.js"])
        let refused = try bench.gitdex("search", "%")
        #expect(refused.status == 2)
        #expect(
            refused.errors
                == "gitdex: the query has no word: add one, or look for signs with --mode regex\n")
        let space = try bench.json("search", "launch path:\"sp ace.js\"")
        #expect(space["results"].elements.map { $0["path"].string } == ["sp ace.js"])
    }
}
