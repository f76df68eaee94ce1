import GitdexTesting
import Testing

@testable import Search

@Suite("Patterns are written as people know them")
struct PatternDialectTests {
    @Test(
        "word ends and the end of all have PostgreSQL's names",
        arguments: [
            (#"\bfoo\b"#, #"\yfoo\y"#), (#"a\Bb"#, #"a\Yb"#), (#"\Aa\z"#, #"\Aa\Z"#),
            (#"[\b]"#, #"[\b]"#), (#"[]\b]\b"#, #"[]\b]\y"#), (#"[^]\b]\b"#, #"[^]\b]\y"#),
            (#"[[:alpha:]\b]\b"#, #"[[:alpha:]\b]\y"#), (#"\\b"#, #"\\b"#),
            (#"\d\w\s"#, #"\d\w\s"#),
            (#"\[\b"#, #"\[\y"#),
            (#"(?<=a)b(?<!c)(?:d)(?=e)(?!f)"#, #"(?<=a)b(?<!c)(?:d)(?=e)(?!f)"#),
            (#"a\"#, #"a\"#),
        ])
    func translated(pattern: String, expected: String) throws {
        #expect(try PatternDialect.translated(pattern) == expected)
    }

    @Test(
        "a group that is not known is named",
        arguments: ["(?P<name>a)", "(?<name>a)", "(?>a)", "x(?#note)"])
    func unknownGroups(pattern: String) {
        let error = #expect(throws: SearchError.self) {
            _ = try PatternDialect.translated(pattern)
        }
        #expect(error?.code == .invalidPattern)
        #expect(error?.message.contains("group") == true)
    }

    @Test("word ends are found in texts")
    func words() throws {
        let bench = try SearchBench()
        let shop = try SearchBench.shop()
        try shop.write("src/words.py", "unreserved = 1\nreserve = 2\n")
        try shop.commit("words")
        try bench.index(shop)
        let answer = try bench.search(#"\breserve\b"#, .regex)
        #expect(answer.results.map { "\($0.path):\($0.startLine)" } == ["src/words.py:2"])
        let inner = try bench.search(#"\Breserve"#, .regex)
        #expect(inner.results.map { "\($0.path):\($0.startLine)" } == ["src/words.py:1"])
    }

    @Test("what matches over lines is shown whole")
    func overLines() throws {
        let bench = try SearchBench()
        try bench.index(try SearchBench.shop())
        let answer = try bench.search(#"prices\):\n\s+return"#, .regex)
        let first = try #require(answer.results.first)
        let lines = first.snippet.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(first.snippet.contains("total_price"))
        #expect(lines.count == first.endLine - first.startLine + 1)
    }
}
