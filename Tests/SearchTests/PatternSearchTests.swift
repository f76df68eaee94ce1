import Git
import GitdexTesting
import Testing

@testable import Search

@Suite("Patterns find lines")
struct PatternSearchTests {
    private let bench: SearchBench
    private let shop: GitFixture

    init() throws {
        bench = try SearchBench()
        shop = try SearchBench.shop()
        try bench.index(shop)
    }

    @Test("each result is the lines that fit, sources before tests")
    func lines() throws {
        let answer = try bench.search("def \\w+_item", .regex)
        #expect(answer.results.map(\.path.description) == ["src/cart.py", "tests/test_cart.py"])
        let first = try #require(answer.results.first)
        #expect(first.startLine == 7)
        #expect(first.endLine == 7)
        #expect(first.snippet == "    def add_item(self, item, amount):")
        #expect(answer.answeredBy == ["regex"])
    }

    @Test("lines that follow one another are one result")
    func runs() throws {
        let answer = try bench.search("stock\\.(get|set)|Error", .regex) { $0.path = ["lib"] }
        #expect(answer.results.map { [$0.startLine, $0.endLine] } == [[5, 7]])
    }

    @Test("a query between slashes is a pattern in any mode")
    func slashes() throws {
        let answer = try bench.search("/^class Payment/")
        #expect(answer.results.map(\.path.description) == ["src/payment.py"])
        #expect(answer.results.first?.startLine == 3)
    }

    @Test("case counts unless the pattern says otherwise")
    func options() throws {
        #expect(try bench.search("shoppingcart", .regex).results.isEmpty)
        #expect(!(try bench.search("(?i)shoppingcart", .regex).results.isEmpty))
    }

    @Test(
        "a malformed pattern is one clear error", arguments: ["(", "[a", "a{2,1}", "*a", "\\"])
    func malformed(pattern: String) throws {
        let error = #expect(throws: SearchError.self) {
            _ = try bench.search(pattern, .regex)
        }
        #expect(error?.code == .invalidPattern)
    }

    @Test("a pattern that takes too long is stopped, and the connection stays of use")
    func tooExpensive() throws {
        var state: UInt64 = 1
        let digits = (0..<3_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return String(state >> 60, radix: 16)
        }
        try shop.write("src/long.py", "x = '\(digits.joined())'\n")
        try shop.commit("long")
        try bench.index(shop)
        let searcher = try bench.searcher()
        searcher.patternMilliseconds = 50
        var request = SearchRequest(query: "(.{12,}).*\\1")
        request.mode = .regex
        let error = #expect(throws: SearchError.self) { _ = try searcher.search(request) }
        #expect(error?.code == .tooExpensive)
        #expect(!(try searcher.search(SearchRequest(query: "ShoppingCart")).results.isEmpty))
    }
}
