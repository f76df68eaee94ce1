import GitdexTesting
import Testing

@testable import API

@Suite("Search over HTTP", .serialized)
struct SearchRouteTests {
    @Test("a query finds its place, with the contract's keys")
    func search() async throws {
        let bench = try await APIBench.start()
        let fixture = try Self.fixture()
        try await bench.index(fixture)
        let answer = try await bench.local("GET", "search?q=charge+the+credit+card&limit=2")
        #expect(answer.status == 200)
        #expect(
            answer.json.keys == [
                "answered_by", "freshness", "mode", "next_cursor", "query", "results", "took_ms",
            ])
        let first = answer.json["results"][0]
        #expect(first["path"].string == "payment.py")
        #expect(
            first.keys == [
                "commit", "end_line", "kind", "language", "path", "ref", "repository", "score",
                "signals", "snippet", "start_line", "symbol", "symbol_line",
            ])
        #expect(answer.json["query"].string == "charge the credit card")
        #expect(answer.json["freshness"][0]["behind"].int == 0)
        let names = try await bench.local(
            "GET", "search?q=add_item&mode=symbol&lang=python&path=*.py")
        #expect(names.json["results"][0]["path"].string == "cart.py")
        let related = try await bench.local("GET", "related?path=cart.py&line=2&limit=3")
        #expect(related.status == 200 && related.json["mode"].string == "related")
        try await bench.stop()
    }

    @Test(
        "a wrong parameter is named",
        arguments: [
            ("search", "'q' is missing"), ("search?q=", "'q' is empty"), ("search?q=%20", "empty"),
            ("search?q=a&limit=0", "from 1 to 200"), ("search?q=a&limit=201", "from 1 to 200"),
            ("search?q=a&limit=ten", "whole number"), ("search?q=a&limit=-1", "whole number"),
            ("search?q=a&mode=magic", "hybrid, semantic"), ("search?q=a&q=b", "more than once"),
            ("search?q=a&cursor=zzz", "cursor"), ("search?q=a&page=2", "no parameter 'page'"),
            ("search?q=%ff", "UTF-8"), ("search?q=a%00", "UTF-8"), ("search?q=%2", "two digits"),
            ("search?q=(&mode=regex", "regular expression"),
            ("related?path=a", "'line' is missing"), ("related?path=a&line=0", "whole number"),
            ("jobs?state=sleeping", "waiting, running"), ("jobs?cursor=r1", "next_cursor"),
        ])
    func parameters(path: String, detail: String) async throws {
        let bench = try await APIBench.start()
        try await bench.index(try Self.fixture())
        let answer = try await bench.local("GET", path)
        #expect(answer.status == 400)
        #expect(answer.detail.contains(detail), "\(answer.detail)")
        try await bench.stop()
    }

    @Test("what is not there is 404")
    func missing() async throws {
        let bench = try await APIBench.start()
        #expect(try await bench.local("GET", "search?q=cart").status == 404)
        try await bench.index(try Self.fixture())
        for path in [
            "search?q=cart&repo=nope", "search?q=cart&ref=nope", "related?path=nope&line=1",
            "repositories/nope", "repositories/nope/files/x", "status?repo=nope", "jobs/99",
            "deliveries/99",
        ] {
            #expect(try await bench.local("GET", path).status == 404, "\(path)")
        }
        try await bench.stop()
    }

    @Test("an entity tag holds until the index moves")
    func entityTags() async throws {
        let bench = try await APIBench.start()
        let fixture = try Self.fixture()
        try await bench.index(fixture)
        let path = "search?q=cart"
        let tag = try #require(try await bench.local("GET", path).headers["etag"])
        let same = try await bench.local("GET", path, headers: ["if-none-match": "\"x\", \(tag)"])
        #expect(same.status == 304 && same.body.isEmpty && same.headers["etag"] == tag)
        let other = try await bench.local(
            "GET", "search?q=item", headers: ["if-none-match": tag])
        #expect(other.status == 200)
        try fixture.write("new.py", "def empty_cart():\n    pass\n")
        try fixture.commit("more")
        try await bench.index(fixture)
        let moved = try await bench.local("GET", path, headers: ["if-none-match": tag])
        #expect(moved.status == 200 && moved.headers["etag"] != tag)
        for change in [
            "UPDATE refs SET indexed_at = indexed_at + interval '1 second'",
            "UPDATE repositories SET name = name || '-renamed'",
            "UPDATE repositories SET include_patterns = ARRAY['src/**']",
        ] {
            let before = try #require(try await bench.local("GET", path).headers["etag"])
            try bench.database.run(change)
            let after = try await bench.local("GET", path, headers: ["if-none-match": before])
            #expect(after.status == 200 && after.headers["etag"] != before, "\(change)")
        }
        try await bench.stop()
    }

    @Test("pages follow one another without a gap")
    func pages() async throws {
        let bench = try await APIBench.start()
        try await bench.index(try Self.fixture())
        let all = try await bench.local("GET", "search?q=cart+item&limit=50").json["results"]
        var paged: [JSONValue] = []
        var cursor = ""
        repeat {
            let page = try await bench.local("GET", "search?q=cart+item&limit=2\(cursor)").json
            paged += page["results"].elements
            cursor = page["next_cursor"].string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        #expect(all.elements.count > 2)
        #expect(paged.map { $0["start_line"] } == all.elements.map { $0["start_line"] })
        #expect(paged.map { $0["path"] } == all.elements.map { $0["path"] })
        try await bench.stop()
    }

    @Test("status says what is indexed and what is left out")
    func status() async throws {
        let bench = try await APIBench.start()
        let fixture = try Self.fixture()
        try fixture.write("blob.bin", String(decoding: [0, 1, 2, 0], as: UTF8.self))
        try fixture.commit("binary")
        try await bench.index(fixture)
        let ref = try await bench.local("GET", "status").json["refs"][0]
        #expect(ref["files_left_out"].int == 1)
        #expect(ref["left_out"][0]["reason"].string == "binary")
        #expect(ref["indexed_commit"] == ref["seen_commit"])
        try await bench.stop()
    }

    static func fixture() throws -> GitFixture {
        let fixture = try GitFixture()
        try fixture.write(
            "cart.py",
            """
            class ShoppingCart:
                def add_item(self, item, amount):
                    \"\"\"Puts an item into the cart.\"\"\"
                    self.items.append((item, amount))

                def total_price(self, prices):
                    return sum(prices[item] * amount for item, amount in self.items)

            """)
        try fixture.write(
            "payment.py",
            """
            class PaymentGateway:
                def charge_card(self, cart, card):
                    \"\"\"Charges the credit card with the total price of the cart.\"\"\"
                    return self.send(card, cart.total_price({}))

            """)
        try fixture.write(
            "test_cart.py", "def test_add_item():\n    cart.add_item('apple', 3)\n")
        try fixture.write("README.md", "# Shop\n\nA shop with a cart and an item.\n")
        try fixture.commit("shop")
        return fixture
    }
}
