import Embedding
import Foundation
import Git
import GitdexTesting
import Indexing
import Postgres
import Storage
import Syntax

@testable import Search

/// A database with a schema, repositories that are indexed into it, and a searcher.
final class SearchBench {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let database: TestDatabase
    let store: IndexStore
    let embedder: StaticEmbedder
    private let grammars: GrammarLibrary

    init() throws {
        database = try TestDatabase()
        let connection = try database.connect(.program())
        try SchemaMigrator(connection: connection).up()
        store = try IndexStore(connection: connection)
        grammars = try GrammarLibrary(directory: try Self.asset("grammars"))
        embedder = try StaticEmbedder(modelFile: try Self.asset("model/static.gdxm"))
    }

    private static func asset(_ name: String) throws -> String {
        for directory in TestAssets.directories {
            let path = directory + "/" + name
            if FileManager.default.isReadableFile(atPath: path) { return path }
        }
        throw Missing(description: "\(name) is not installed: run scripts/setup")
    }

    /// Brings the index to what a revision of a fixture names.
    func index(_ fixture: GitFixture, _ revision: String? = nil) throws {
        let database = database
        let indexer = try Indexer(
            repository: try Repository(at: fixture.path), store: store,
            configuration: IndexerConfiguration(
                grammars: grammars, embedder: embedder, threads: 2
            ) { try IndexStore(connection: try database.connect(.program())) })
        var request = IndexRequest()
        request.revision = revision
        _ = try indexer.index(request)
    }

    func searcher() throws -> Searcher { try Searcher(store: store, embedder: embedder) }

    func search(
        _ query: String, _ mode: SearchMode = .hybrid,
        change: (inout SearchRequest) -> Void = { _ in }
    ) throws -> SearchAnswer {
        var request = SearchRequest(query: query)
        request.mode = mode
        change(&request)
        return try searcher().search(request)
    }

    /// A small repository of several languages.
    static func shop() throws -> GitFixture {
        let fixture = try GitFixture()
        for (path, text) in shopFiles { try fixture.write(path, text) }
        try fixture.commit("shop")
        return fixture
    }

    private static let shopFiles = [
        (
            "src/cart.py",
            """
            class ShoppingCart:
                \"\"\"Holds what a customer is about to buy.\"\"\"

                def __init__(self):
                    self.items = []

                def add_item(self, item, amount):
                    \"\"\"Puts an item into the cart.\"\"\"
                    self.items.append((item, amount))

                def total_price(self, prices):
                    return sum(prices[item] * amount for item, amount in self.items)
            """
        ),
        (
            "src/payment.py",
            """
            from cart import ShoppingCart

            class PaymentGateway:
                def charge_card(self, cart, card):
                    \"\"\"Charges the credit card with the total price of the cart.\"\"\"
                    if not isinstance(cart, ShoppingCart):
                        raise TypeError("no ShoppingCart")
                    return self.send(card, cart.total_price({}))

                def refund(self, receipt):
                    return self.send(receipt.card, -receipt.amount)
            """
        ),
        (
            "tests/test_cart.py",
            """
            from cart import ShoppingCart

            class TestShoppingCart:
                def test_add_item(self):
                    cart = ShoppingCart()
                    cart.add_item("apple", 3)
                    assert cart.total_price({"apple": 2}) == 6
            """
        ),
        (
            "lib/inventory.js",
            """
            // Counts what is left on the shelves.
            export class Inventory {
              constructor() { this.stock = new Map(); }
              reserveStock(item, amount) {
                const left = this.stock.get(item) ?? 0;
                if (left < amount) throw new Error("out of stock");
                this.stock.set(item, left - amount);
              }
            }
            """
        ),
        ("README.md", "# Shop\n\nA shop with a cart, payment and an inventory.\n"),
    ]
}
