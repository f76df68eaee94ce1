import Git
import GitdexTesting
import Storage
import Testing

@testable import Search

@Suite("Answers come from the refs that are asked for")
struct ScopeTests {
    private let bench: SearchBench

    init() throws {
        bench = try SearchBench()
    }

    @Test("a branch sees its own tree and not another's")
    func branches() throws {
        let shop = try SearchBench.shop()
        try bench.index(shop)
        try shop.git("checkout", "--quiet", "-b", "voucher")
        try shop.write("src/voucher.py", "class VoucherBook:\n    pass\n")
        try shop.commit("voucher")
        try bench.index(shop)
        func paths(_ ref: String?) throws -> [String] {
            try bench.search("VoucherBook", .symbol) { $0.ref = ref }
                .results.map(\.path.description)
        }
        #expect(try paths("voucher") == ["src/voucher.py"])
        #expect(try paths("refs/heads/voucher") == ["src/voucher.py"])
        #expect(try paths("main").isEmpty)
        #expect(try paths(nil) == ["src/voucher.py"])
        let commit = try shop.git("rev-parse", "HEAD")
        #expect(try paths(String(commit.prefix(10))) == ["src/voucher.py"])
        #expect(try paths("voucher~1").isEmpty)
    }

    @Test("a text that two repositories hold is found in each, and only where asked")
    func sharedTexts() throws {
        let one = try SearchBench.shop()
        let other = try SearchBench.shop()
        try bench.index(one)
        try bench.index(other)
        let all = try bench.search("ShoppingCart")
        #expect(Set(all.results.map(\.repository)) == ["repository", "repository-2"])
        #expect(all.freshness.count == 2)
        let second = try bench.search("ShoppingCart repo:repository-2")
        #expect(Set(second.results.map(\.repository)) == ["repository-2"])
        #expect(second.results.first?.path.description == "src/cart.py")
    }

    @Test("a small repository is found beside a large one full of the same words")
    func smallBesideLarge() throws {
        let large = try GitFixture()
        for number in 0..<400 {
            let name = "Cart\(number)"
            try large.write(
                "src/\(name.lowercased()).py",
                "class \(name):\n    def add_item(self, item):\n        "
                    + "self.total_price = item.price * \(number)  # cart item price\n")
        }
        try large.commit("large")
        try bench.index(large)
        let shop = try SearchBench.shop()
        try bench.index(shop)
        for mode in [SearchMode.hybrid, .lexical, .semantic] {
            let answer = try bench.search("cart item price", mode) {
                $0.repository = "repository-2"
            }
            #expect(answer.results.first?.path.description == "src/cart.py", "\(mode)")
        }
        #expect(
            try bench.search("add_item", .symbol) { $0.repository = "repository-2" }
                .results.first?.symbol == "ShoppingCart.add_item")
    }

    @Test("the answer tells how far the index is behind")
    func freshness() throws {
        let shop = try SearchBench.shop()
        try bench.index(shop)
        let indexed = try shop.git("rev-parse", "HEAD")
        #expect(try bench.search("cart").freshness.first?.behind == 0)
        try shop.write("src/more.py", "x = 1\n")
        try shop.commit("one")
        let seen = try shop.commit("two")
        let freshness = try #require(try bench.search("cart").freshness.first)
        #expect(freshness.behind == 2)
        #expect(freshness.indexedCommit.hex == indexed)
        #expect(freshness.seenCommit.hex == seen)
    }

    @Test("files that are left out are counted")
    func leftOut() throws {
        let shop = try SearchBench.shop()
        try shop.write(bytes: Array("logo.png".utf8), [0x89, 0x50, 0, 0, 1, 2, 3])
        try shop.commit("logo")
        try bench.index(shop)
        #expect(try bench.search("cart").freshness.first?.filesLeftOut == 1)
    }

    @Test("what cannot be answered is one clear error")
    func errors() throws {
        func code(_ query: String, _ change: (inout SearchRequest) -> Void = { _ in })
            -> SearchError.Code?
        {
            do {
                _ = try bench.search(query, change: change)
                return nil
            } catch {
                return (error as? SearchError)?.code
            }
        }
        #expect(code("cart") == .nothingIndexed)
        try bench.index(try SearchBench.shop())
        #expect(code("") == .invalidQuery)
        #expect(code("  ") == .invalidQuery)
        #expect(code("?", { $0.mode = .lexical }) == .invalidQuery)
        #expect(code(String(repeating: "a", count: 5_000)) == .invalidQuery)
        #expect(code("cart", { $0.repository = "nowhere" }) == .unknownRepository)
        #expect(code("cart", { $0.ref = "nowhere" }) == .unknownRef)
        #expect(code("cart", { $0.limit = 0 }) == .invalidPage)
        #expect(code("cart", { $0.limit = 1_000 }) == .invalidPage)
        #expect(code("cart", { $0.cursor = "x" }) == .invalidPage)
        #expect(code("cart", { $0.cursor = "r-1" }) == .invalidPage)
        let place = #expect(throws: SearchError.self) {
            _ = try bench.searcher().related(
                repository: nil, ref: nil, path: "src/none.py", line: 1, limit: 3)
        }
        #expect(place?.code == .unknownPlace)
    }

    @Test("signs and words of other alphabets are no trouble")
    func oddQueries() throws {
        try bench.index(try SearchBench.shop())
        for query in [
            "'; DROP TABLE contents; --", "a'b \\ c", "日本語", "%_\\", "\u{0}cart", "&|!:*",
        ] {
            #expect(throws: Never.self) { _ = try bench.search(query) }
        }
    }
}
