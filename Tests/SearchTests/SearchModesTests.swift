import Git
import GitdexTesting
import Storage
import Testing

@testable import Search

@Suite("Queries find what they name")
struct SearchModesTests {
    private let bench: SearchBench
    private let shop: GitFixture

    init() throws {
        bench = try SearchBench()
        shop = try SearchBench.shop()
        try bench.index(shop)
    }

    private func paths(_ answer: SearchAnswer) -> [String] {
        answer.results.map(\.path.description)
    }

    @Test("a definition comes before its uses and its tests")
    func definitionFirst() throws {
        let answer = try bench.search("ShoppingCart")
        #expect(paths(answer).first == "src/cart.py")
        #expect(answer.results.first?.symbol?.hasPrefix("ShoppingCart") == true)
        #expect(paths(answer).contains("tests/test_cart.py"))
        #expect(paths(answer).contains("src/payment.py"))
    }

    @Test(
        "words of any form find the file",
        arguments: [SearchMode.hybrid, .lexical])
    func words(mode: SearchMode) throws {
        #expect(paths(try bench.search("charging credit cards", mode)).first == "src/payment.py")
        #expect(paths(try bench.search("reserve stock", mode)).first == "lib/inventory.js")
        #expect(paths(try bench.search("reservestock", mode)).first == "lib/inventory.js")
    }

    @Test("vectors alone answer too")
    func semantic() throws {
        let answer = try bench.search("credit card payment", .semantic)
        #expect(paths(answer).first == "src/payment.py")
        #expect(answer.answeredBy == ["semantic"])
        #expect(answer.results[0].signals["semantic_rank"] != nil)
        #expect(answer.results[0].signals["lexical_rank"] == nil)
    }

    @Test("the answer says who took part")
    func answeredBy() throws {
        let answer = try bench.search("cart")
        #expect(answer.answeredBy == ["lexical", "semantic", "symbol", "path"])
        #expect(try bench.search("cart", .lexical).answeredBy == ["lexical", "symbol", "path"])
        let first = try #require(answer.results.first)
        #expect(first.language == "python")
        #expect(first.repository == "repository")
        #expect(first.ref == "refs/heads/main")
        #expect(first.snippet.contains("class ShoppingCart"))
        #expect(first.symbolLine == 1)
        #expect(first.highlights.contains("cart"))
    }

    @Test("every file comes once before one comes again")
    func filesFirst() throws {
        let places = paths(try bench.search("cart item price"))
        let firsts = places.enumerated().filter { places.firstIndex(of: $0.element) == $0.offset }
        #expect(firsts.prefix(3).map(\.offset) == [0, 1, 2])
    }

    @Test("symbols are found by whole name, by part and by what encloses them")
    func symbols() throws {
        let whole = try bench.search("ShoppingCart", .symbol)
        #expect(whole.results.first?.symbol == "ShoppingCart")
        #expect(whole.results.first?.kind == "class")
        #expect(whole.results.first?.startLine == 1)
        let loose = try bench.search("addItem", .symbol)
        #expect(loose.results.first?.symbol == "ShoppingCart.add_item")
        let part = try bench.search("refund", .symbol)
        #expect(part.results.first?.symbol == "PaymentGateway.refund")
        let qualified = try bench.search("PaymentGateway.refund", .symbol)
        #expect(qualified.results.first?.symbol == "PaymentGateway.refund")
        #expect(whole.answeredBy == ["symbol"])
    }

    @Test("sym: keeps only what defines the name")
    func symbolFilter() throws {
        let answer = try bench.search("sym:ShoppingCart price")
        #expect(Set(paths(answer)) == ["src/cart.py"])
    }

    @Test("a phrase must stand together, and what is left out must not be there")
    func conditions() throws {
        #expect(paths(try bench.search("\"out of stock\"")) == ["lib/inventory.js"])
        #expect(paths(try bench.search("\"stock of out\"")).isEmpty)
        #expect(!paths(try bench.search("cart -payment")).contains("src/payment.py"))
        #expect(paths(try bench.search("cart")).contains("src/payment.py"))
    }

    @Test("path and language narrow before the best are taken")
    func filters() throws {
        let answer = try bench.search("cart") {
            $0.path = ["tests/**"]
            $0.limit = 1
        }
        #expect(paths(answer) == ["tests/test_cart.py"])
        #expect(Set(paths(try bench.search("cart lang:js"))).isSubset(of: ["lib/inventory.js"]))
        #expect(Set(paths(try bench.search("cart path:*.md"))) == ["README.md"])
        #expect(try bench.search("cart path:nowhere/**").results.isEmpty)
        let stock = try bench.search("the total price") { $0.language = ["JavaScript"] }
        #expect(Set(paths(stock)).isSubset(of: ["lib/inventory.js"]))
    }

    @Test("pages follow one another without gap or repeat")
    func pages() throws {
        let all = try bench.search("cart item price") { $0.limit = 50 }
        var cursor: String?
        var places: [String] = []
        repeat {
            let page = try bench.search("cart item price") {
                $0.limit = 2
                $0.cursor = cursor
            }
            places += page.results.map { "\($0.path):\($0.startLine)" }
            cursor = page.nextCursor
        } while cursor != nil
        #expect(places == all.results.map { "\($0.path):\($0.startLine)" })
        #expect(all.nextCursor == nil)
    }

    @Test("related gives the chunks most alike and not the one asked about")
    func related() throws {
        let answer = try bench.searcher().related(
            repository: nil, ref: nil, path: "src/payment.py", line: 4, limit: 3)
        #expect(!answer.results.isEmpty)
        #expect(answer.results.count <= 3)
        #expect(
            !answer.results.contains {
                $0.path == "src/payment.py" && $0.startLine <= 4 && $0.endLine >= 4
            })
        #expect(answer.answeredBy == ["lexical", "semantic"])
    }
}
