import Git
import GitdexTesting
import Testing

@testable import Search

@Suite("An answer is whole, or says that it is not")
struct CompletenessTests {
    private let bench: SearchBench

    init() throws {
        bench = try SearchBench()
    }

    @Test("a pattern finds its places in more than two thousand chunks, in order")
    func manyChunks() throws {
        let fixture = try GitFixture()
        for number in 0..<2_500 {
            try fixture.write(
                "src/f\(10_000 + number).txt", "the needle number \(number) lies here\n")
        }
        try fixture.commit()
        try bench.index(fixture)
        var paths: [String] = []
        var cursor: String?
        repeat {
            let answer = try bench.search("needle number", .regex) {
                $0.limit = 200
                $0.cursor = cursor
            }
            #expect(answer.isComplete)
            paths += answer.results.map(\.path.description)
            cursor = answer.nextCursor
        } while cursor != nil && paths.count < 3_000
        #expect(paths == (0..<2_500).map { "src/f\(10_000 + $0).txt" })
    }

    @Test("words that stand together are found among many texts that have them apart")
    func phrases() throws {
        let fixture = try GitFixture()
        for number in 0..<400 {
            try fixture.write(
                "apart\(number).txt", "loop event loop_event loop event event \(number)\n")
        }
        try fixture.write(
            "together.txt",
            "A long text in which there is an event queue that is drained once, and then waits.\n"
                + String(repeating: "padding words follow here and make it long. ", count: 40))
        try fixture.commit()
        try bench.index(fixture)
        for mode in [SearchMode.lexical, .hybrid] {
            let answer = try bench.search("event loop \"event queue\"", mode)
            #expect(answer.results.map(\.path.description) == ["together.txt"], "\(mode)")
        }
    }

    @Test("a language that no file has is an error that names the like")
    func languages() throws {
        try bench.index(try SearchBench.shop())
        func error(_ languages: String...) -> SearchError? {
            #expect(throws: SearchError.self) {
                _ = try bench.search("cart") { $0.language = languages }
            }
        }
        #expect(error("pyhton")?.code == .unknownLanguage)
        #expect(error("pyhton")?.remedy.contains("python") == true)
        #expect(error("java")?.remedy.contains("javascript") == true)
        #expect(error("python", "cobol")?.message.contains("cobol") == true)
        #expect(error("")?.code == .unknownLanguage)
        #expect(!(try bench.search("cart") { $0.language = ["py"] }.results.isEmpty))
        #expect(
            try bench.search("nowhere_at_all", .symbol) { $0.language = ["python"] }
                .results.isEmpty)
    }

    @Test("path patterns: a malformed one is an error, one that nothing fits a warning")
    func paths() throws {
        try bench.index(try SearchBench.shop())
        for pattern in ["[", "src/[a", "a\\"] {
            let error = #expect(throws: SearchError.self) {
                _ = try bench.search("cart") { $0.path = [pattern] }
            }
            #expect(error?.code == .invalidQuery)
        }
        let answer = try bench.search("cart") { $0.path = ["src/**", "nowhere/**"] }
        #expect(answer.warnings.count == 1)
        #expect(answer.warnings.first?.contains("nowhere/**") == true)
        #expect(try bench.search("cart") { $0.path = ["src/**"] }.warnings.isEmpty)
    }

    @Test(
        "a malformed regular expression is told why",
        arguments: [
            ("(", "'('"), ("a)", "'('"), ("[a", "']'"), ("a{2,1}", "255"), ("*a", "repeat"),
            ("a**", "repeat"), ("[z-a]", "backwards"), ("[[:nope:]]", "unknown name"),
        ])
    func reasons(pattern: String, word: String) throws {
        try bench.index(try SearchBench.shop())
        let error = #expect(throws: SearchError.self) { _ = try bench.search(pattern, .regex) }
        #expect(error?.code == .invalidPattern)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
}
