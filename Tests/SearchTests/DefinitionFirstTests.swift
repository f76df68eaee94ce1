import Git
import GitdexTesting
import Testing

@testable import Search

@Suite("Definitions come before what only declares or copies them")
struct DefinitionFirstTests {
    private func place(_ result: SearchResult?) -> String {
        result.map { "\($0.path):\($0.symbolLine ?? 0)" } ?? ""
    }

    @Test("the function comes before its prototype in a header")
    func prototypes() throws {
        let bench = try SearchBench()
        let fixture = try GitFixture()
        try fixture.write(
            "include/shop/diff.h",
            "/* Diffs two trees: shop_diff_trees of a shop. */\n"
                + "int shop_diff_trees(int a, int b);\n\n"
                + "/* Diffs trees of the shop by shop_diff_trees. */\n"
                + "struct options { int depth; int flags; };\n")
        try fixture.write(
            "src/diff_generate.c",
            "#include <diff.h>\n\nint shop_diff_trees(int a, int b)\n{\n  return a - b;\n}\n")
        try fixture.write("src/other.c", "int other(void) { return shop_diff_trees(1, 2); }\n")
        try fixture.commit()
        try bench.index(fixture)
        for mode in [SearchMode.hybrid, .lexical, .symbol] {
            let answer = try bench.search("shop_diff_trees", mode)
            #expect(place(answer.results.first) == "src/diff_generate.c:3", "\(mode)")
        }
    }

    @Test("the function comes before the overloads that stand above it")
    func overloads() throws {
        let bench = try SearchBench()
        let fixture = try GitFixture()
        try fixture.write(
            "helpers.py",
            """
            import typing as t

            @t.overload
            def stream_it(x: int) -> int: ...

            @t.overload
            def stream_it(x: str) -> str: ...

            def stream_it(x):
                if isinstance(x, int):
                    return x
                return str(x)

            """)
        try fixture.commit()
        try bench.index(fixture)
        let symbol = try bench.search("stream_it", .symbol)
        #expect(place(symbol.results.first) == "helpers.py:9")
        #expect(place(try bench.search("stream_it").results.first) == "helpers.py:9")
    }

    @Test("what was taken from elsewhere comes last")
    func vendored() throws {
        let bench = try SearchBench()
        let fixture = try GitFixture()
        let text = "def inflate_stream(data):\n    return data\n"
        try fixture.write("deps/zlib/inflate.py", text)
        try fixture.write("zzz/streams.py", text + "# ours\n")
        try fixture.commit()
        try bench.index(fixture)
        for mode in [SearchMode.hybrid, .lexical, .symbol] {
            let answer = try bench.search("inflate_stream", mode)
            #expect(answer.results.first?.path == "zzz/streams.py", "\(mode)")
        }
    }

    @Test("a result is the lines it shows, and says where its symbol begins")
    func lines() throws {
        let bench = try SearchBench()
        let fixture = try GitFixture()
        let comment = (1...12).map { "// Note \($0) about the flow.\n" }.joined()
        try fixture.write(
            "a.js",
            "function first() { return 1 }\n\n" + comment
                + "function launchFlow(flow) {\n  const job = flow.start()\n  return job\n}\n")
        try fixture.commit()
        try bench.index(fixture)
        for mode in [SearchMode.hybrid, .lexical, .symbol] {
            let first = try #require(try bench.search("launchFlow", mode).results.first)
            let lines = first.snippet.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == first.endLine - first.startLine + 1)
            let line = try #require(first.symbolLine)
            #expect(lines[line - first.startLine].hasPrefix("function launchFlow"), "\(mode)")
            #expect(first.symbol == "launchFlow")
        }
    }
}
