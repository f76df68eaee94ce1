import Testing

@testable import Chunking

@Suite("No text costs much more than its length")
struct HostileTextTests {
    private static let languages = [
        "c", "cpp", "csharp", "go", "java", "javascript", "typescript", "python", "ruby", "php",
        "rust", "swift", "kotlin", "scala", "bash", "lua", "elixir", "haskell",
    ]

    private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
        Array(repeatElement(Array(text.utf8), count: count).joined())
    }

    private func holds(_ bytes: [UInt8], _ language: String) throws -> ChunkedText {
        let text = try Grammars.chunk(bytes, language)
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        #expect(try Grammars.chunk(bytes, language) == text)
        return text
    }

    @Test("nesting without end", arguments: languages)
    func nesting(_ language: String) throws {
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
            let half = 5_000
            _ = try holds(Self.repeated(open, half) + Self.repeated(close, half), language)
        }
    }

    @Test("strings and comments that never end", arguments: languages)
    func unended(_ language: String) throws {
        for start in ["x = \"", "x = '", "x = `", "/* ", "x = \"\"\"", "<<A\n"] {
            _ = try holds(Array(start.utf8) + Self.repeated("some words\n", 1_000), language)
        }
    }

    @Test("recovery from error after error is given up")
    func errors() throws {
        let bytes = Array("x = [".utf8) + Self.repeated("1, ", 600_000) + Array("]".utf8)
        #expect(try holds(bytes, "c").method == .lines)
    }

    @Test("definitions in definitions in definitions have names of bounded length")
    func nestedDefinitions() throws {
        let bytes = Self.repeated("class Alpha {\n", 20_000) + Self.repeated("}\n", 20_000)
        let text = try holds(bytes, "java")
        #expect(text.method == .syntax)
        #expect(text.symbols.count > 100)
        #expect(text.symbols.allSatisfy { $0.qualifiedName.utf8.count <= 1_000 })
    }

    @Test("two rows with all the nesting are divided by lines")
    func twoRows() throws {
        let half = 40_000
        let bytes =
            Array("x = ".utf8) + Self.repeated("(", half) + Array("1\n".utf8)
            + Self.repeated(")", half) + Array("\n".utf8)
        _ = try holds(bytes, "python")
        _ = try holds(bytes, "javascript")
    }
}
