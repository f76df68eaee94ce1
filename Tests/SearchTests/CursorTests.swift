import Git
import GitdexTesting
import Postgres
import Testing

@testable import Search

@Suite("Pages follow one another")
struct CursorTests {
    private let bench: SearchBench
    private let fixture: GitFixture

    init() throws {
        bench = try SearchBench()
        fixture = try GitFixture()
        for number in 0..<40 {
            try fixture.write(
                "src/cart\(number).py",
                "class Cart\(number):\n    def price(self, item):\n        "
                    + "return item.price * \(number)  # what the cart costs\n")
        }
        try fixture.commit()
        try bench.index(fixture)
    }

    private static let searches: [(String, SearchMode)] = [
        ("cart price", .hybrid), ("cart price", .lexical), ("what a cart costs", .semantic),
        ("price", .symbol), ("item\\.price", .regex),
    ]

    private func places(_ answer: SearchAnswer) -> [String] {
        answer.results.map { "\($0.path):\($0.startLine) \($0.symbol ?? "")" }
    }

    private func page(
        _ query: String, _ mode: SearchMode, _ limit: Int, _ cursor: String?
    ) throws -> SearchAnswer {
        try bench.search(query, mode) {
            $0.limit = limit
            $0.cursor = cursor
        }
    }

    @Test("together they are the whole answer, each result once", arguments: searches)
    func whole(query: String, mode: SearchMode) throws {
        let whole = try page(query, mode, 200, nil)
        #expect(whole.results.count >= 40)
        #expect(whole.nextCursor == nil)
        var seen: [String] = []
        var cursor: String?
        repeat {
            let answer = try page(query, mode, 7, cursor)
            #expect(!answer.results.isEmpty)
            seen += places(answer)
            cursor = answer.nextCursor
        } while cursor != nil && seen.count < 500
        #expect(seen == places(whole))
    }

    @Test("statistics that are gathered between two pages change neither", arguments: searches)
    func statistics(query: String, mode: SearchMode) throws {
        let whole = try places(page(query, mode, 200, nil))
        let first = try page(query, mode, 10, nil)
        try bench.database.connect().script("ANALYZE")
        let second = try page(query, mode, 10, first.nextCursor)
        #expect(first.nextCursor != nil)
        #expect(places(first) + places(second) == Array(whole.prefix(20)))
    }

    @Test("results that come before the page push nothing onto it again", arguments: searches)
    func moved(query: String, mode: SearchMode) throws {
        let first = try page(query, mode, 10, nil)
        for number in 0..<15 {
            try fixture.write(
                "another/cart_price\(number).py",
                "class CartPrice\(number):\n    def price(self, item):\n        "
                    + "return item.price  # what the cart costs: cart price \(number)\n")
        }
        try fixture.commit()
        try bench.index(fixture)
        var seen = Set(places(first))
        var cursor = first.nextCursor
        while let text = cursor {
            let answer = try page(query, mode, 10, text)
            for place in places(answer) {
                #expect(seen.insert(place).inserted, "\(place) came twice")
            }
            cursor = answer.nextCursor
        }
        let old = try page(query, mode, 200, nil).results.filter {
            $0.path.description.hasPrefix("src/")
        }
        #expect(old.count >= 40)
        // What stood behind the first page is still to come.
        let missing = old.map { "\($0.path):\($0.startLine) \($0.symbol ?? "")" }
            .filter { !seen.contains($0) }
        #expect(missing.isEmpty || mode == .semantic || mode == .hybrid || mode == .lexical)
        #expect(missing.count < 5)
    }

    @Test("the last result's file may go meanwhile")
    func removed() throws {
        let first = try page("item\\.price", .regex, 10, nil)
        let last = try #require(first.results.last)
        try fixture.remove(last.path.description)
        try fixture.commit()
        try bench.index(fixture)
        let second = try page("item\\.price", .regex, 200, first.nextCursor)
        #expect(second.results.count == 30)
        #expect(Set(places(first)).isDisjoint(with: places(second)))
    }

    @Test("a cursor of another search, or none, is refused")
    func refused() throws {
        let cursor = try #require(try page("cart price", .hybrid, 10, nil).nextCursor)
        func code(_ query: String, _ mode: SearchMode, _ cursor: String) -> SearchError.Code? {
            #expect(throws: SearchError.self) { _ = try page(query, mode, 10, cursor) }?.code
        }
        #expect(code("another", .hybrid, cursor) == .invalidPage)
        #expect(code("cart price", .lexical, cursor) == .invalidPage)
        #expect(code("cart price", .hybrid, String(cursor.dropLast(8))) == .invalidPage)
        #expect(code("cart price", .hybrid, "") == .invalidPage)
        #expect(code("cart price", .hybrid, "r10") == .invalidPage)
    }

    @Test(
        "a cursor is read back as it was written",
        arguments: ["a.py", "with space/å.py", "percent%20|bar.py", "new\nline"])
    func text(path: String) throws {
        let cursor = PageCursor(
            search: .max, state: 7, textCount: 12, shown: 3,
            last: ResultPlace(
                score: 0.1 + 0.2, path: GitPath(path), ref: 9, number: 4, name: "a b.c|"),
            recent: [1, .max])
        #expect(try PageCursor(cursor.text) == cursor)
        #expect(cursor.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }
}
