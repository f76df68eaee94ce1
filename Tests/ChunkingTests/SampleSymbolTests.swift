import Testing

@testable import Chunking

@Suite("Definitions are found with kind and qualified name")
struct SampleSymbolTests {
    @Test("each language", arguments: LanguageSample.all)
    func symbols(_ sample: LanguageSample) throws {
        let text = try Grammars.chunk(sample.bytes, sample.language)
        let found = text.symbols.map { symbol in
            "\(symbol.kind.rawValue) \(symbol.qualifiedName) \(symbol.startLine)-\(symbol.endLine)"
        }
        #expect(found == sample.symbols)
        #expect(text.method == .syntax)
    }

    @Test("a sample's language is told from its name", arguments: LanguageSample.all)
    func language(_ sample: LanguageSample) {
        #expect(Grammars.language(sample.fileName, sample.bytes) == sample.language)
    }

    @Test("express's ways to define a function")
    func express() throws {
        let text = try Grammars.chunk(
            """
            var res = Object.create(http.ServerResponse.prototype)
            res.status = function status(code) { return this }
            res.send = res.write = function (body) { return body }
            View.prototype.lookup = function lookup(name) {}
            defineGetter(req, 'query', function query() { return 1 })
            exports = module.exports = createApplication
            exports.etag = createETagGenerator({ weak: false })
            this.render = function () {}
            """, "javascript")
        let names = text.symbols.map(\.qualifiedName)
        #expect(names == ["res", "res.status", "res.write", "View.lookup", "render"])
    }

    @Test("what a function keeps to itself is no definition")
    func locals() throws {
        let text = try Grammars.chunk(
            "def f():\n    x = 1\n    def g():\n        y = 2\n    class C:\n        z = 3\n",
            "python")
        #expect(text.symbols.map(\.qualifiedName) == ["f", "f.g", "f.C", "f.C.z"])
    }

    @Test("C++ scopes and operators")
    func scopes() throws {
        let text = try Grammars.chunk(
            """
            A::~A() {}
            A::operator bool() const { return true; }
            int a::b::C<int>::run(int x) { return x; }
            std::vector<int> make() { return {}; }
            void (*handler)(int) = nullptr;
            namespace { int hidden() { return 1; } }
            """, "cpp")
        #expect(
            text.symbols.map(\.qualifiedName)
                == ["A.~A", "A.operator bool", "a.b.C.run", "make", "handler", "hidden"])
    }
}
