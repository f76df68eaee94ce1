import Testing

@testable import Chunking

@Suite("Chunks follow the code's structure")
struct ChunkShapeTests {
    /// A body of a given number of statements.
    private func body(_ count: Int, _ indent: String) -> String {
        (0..<count).map { "\(indent)total_\($0) = compute(value_\($0), other_\($0))\n" }.joined()
    }

    @Test("a function of fair size is a chunk with its comment and decorator")
    func functions() throws {
        let functions = ["a", "b", "c"].map { name in
            "# About \(name).\n@cached\ndef \(name)(x):\n" + body(12, "    ") + "\n\n"
        }
        let text = try Grammars.chunk(functions.joined(), "python")
        #expect(text.chunks.map(\.symbol) == ["a", "b", "c"])
        #expect(text.chunks.map(\.startLine) == [1, 18, 35])
        #expect(text.chunks.allSatisfy { $0.kind == ChunkKind(.function) })
    }

    @Test("a comment of the same depth describes across one blank line, not more")
    func apart() throws {
        let functions = ["a", "b"].map { name in
            "/**\n * About \(name).\n */\n\nres.\(name) = function () {\n"
                + (0..<26).map { "  register(this, \($0), '\(name)')\n" }.joined() + "}\n\n\n"
        }
        let text = try Grammars.chunk(functions.joined(), "javascript")
        #expect(text.chunks.map(\.startLine) == [1, 35])
        #expect(text.chunks.map(\.symbol) == ["res.a", "res.b"])
        let python =
            "def a():\n" + body(18, "    ") + "    # the end of a\n\ndef b():\n"
            + body(18, "    ")
        #expect(try Grammars.chunk(python, "python").chunks.map(\.startLine) == [1, 22])
    }

    @Test("small neighbours share a chunk")
    func small() throws {
        let source = (0..<6).map { "def f\($0)():\n    return \($0)\n\n" }.joined()
        let text = try Grammars.chunk(source, "python")
        #expect(text.chunks.count == 1)
        #expect(text.chunks.first?.symbol == "f0")
    }

    @Test("a large function's parts carry its name")
    func parts() throws {
        let text = try Grammars.chunk("def large(x):\n" + body(150, "    "), "python")
        #expect(text.chunks.count > 2)
        #expect(text.chunks.allSatisfy { $0.symbol == "large" })
        #expect(text.chunks.first?.kind == ChunkKind(.function))
        #expect(text.chunks.dropFirst().allSatisfy { $0.kind == .part })
    }

    @Test("a class's head stays with its fields, its methods stand alone")
    func heads() throws {
        let fields = (0..<8).map { "    private final Service service\($0);\n" }.joined()
        let methods = ["open", "close"].map { name in
            "    /** Does it. */\n    @Override\n    public void \(name)() {\n"
                + (0..<12).map { "        this.service\($0).call(\"\(name)\", \($0));\n" }.joined()
                + "    }\n\n"
        }
        let source =
            "/** A shop. */\n@Service\npublic class Shop {\n" + fields + "\n"
            + methods.joined() + "}\n"
        let text = try Grammars.chunk(source, "java")
        #expect(text.chunks.map(\.symbol) == ["Shop", "Shop.open", "Shop.close"])
        #expect(text.chunks.map(\.startLine) == [1, 13, 30])
    }

    @Test("wrapped code is divided inside its wrapper")
    func wrapped() throws {
        let functions = (0..<6).map { number in
            "  function f\(number)(x) {\n"
                + (0..<20).map { "    register(x, \($0), 'value \(number)');\n" }.joined()
                + "  }\n\n"
        }
        let source = "(function (root) {\n" + functions.joined() + "})(this);\n"
        let text = try Grammars.chunk(source, "javascript")
        #expect(text.chunks.map(\.symbol) == (0..<6).map { "f\($0)" })
    }

    @Test("chunks stay within the sizes", arguments: LanguageSample.all)
    func sizes(_ sample: LanguageSample) throws {
        let bytes = Array(repeatElement(sample.bytes, count: 30).joined())
        let text = try Grammars.chunk(bytes, sample.language)
        for chunk in text.chunks {
            let ink = bytes[chunk.byteRange].count { $0 > 0x20 }
            #expect(ink <= ChunkSizes().whole + ChunkSizes().tiny)
        }
    }

    @Test("nesting without end is cut all the same", arguments: ["json", "javascript", "python"])
    func nesting(_ language: String) throws {
        let depth = 5_000
        let source = String(repeating: "[\n", count: depth) + String(repeating: "]\n", count: depth)
        let bytes = Array(source.utf8)
        let text = try Grammars.chunk(bytes, language)
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        #expect(text.chunks.count > 3)
    }

    @Test("a broken file falls back to lines")
    func broken() throws {
        let source = String(repeating: ")( }{ %% ?? ]] def ;; \n", count: 300)
        let text = try Grammars.chunk(source, "java")
        #expect(text.method == .lines)
        #expect(text.symbols.isEmpty)
        #expect(text.chunks.allSatisfy { $0.kind == .text })
    }

    @Test("code without a tree is cut before its definitions")
    func declarations() throws {
        let methods = ["open", "close"].map { name in
            "    # Does it.\n    def \(name)(path)\n" + body(12, "        ") + "    end\n\n"
        }
        let text = try Grammars.chunk("class Shop\n" + methods.joined() + "end\n", "crystal")
        #expect(text.method == .lines)
        #expect(text.chunks.map(\.symbol) == ["Shop.open", "Shop.close"])
        #expect(text.symbols.map(\.qualifiedName) == ["Shop", "Shop.open", "Shop.close"])
        #expect(text.symbols.map(\.startLine) == [1, 3, 19])
        #expect(text.symbols.map(\.kind) == [.class, .method, .method])
    }

    @Test("a text over the parse limit is cut by lines")
    func overLimit() throws {
        let line = "value = compute(1)\n"
        let source = String(repeating: line, count: Chunker.longestParsedText / line.utf8.count + 1)
        #expect(try Grammars.chunk(source, "python").method == .lines)
    }

    @Test("lines are cut at blank lines where there are some")
    func paragraphs() throws {
        let paragraph = String(repeating: "Some words about this and that.\n", count: 12) + "\n"
        let text = try Grammars.chunk(String(repeating: paragraph, count: 12), "text")
        #expect(text.chunks.count > 2)
        #expect(text.chunks.allSatisfy { $0.startLine % 13 == 1 })
    }
}
