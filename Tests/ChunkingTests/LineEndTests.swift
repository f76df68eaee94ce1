import Testing

@testable import Chunking

@Suite("Texts at the edges")
struct LineEndTests {
    @Test("an empty text has no chunks", arguments: ["python", "markdown", "text", "unheard-of"])
    func empty(_ language: String) throws {
        let text = try Grammars.chunk("", language)
        #expect(text.chunks.isEmpty && text.symbols.isEmpty)
    }

    @Test(
        "odd texts are covered",
        arguments: [
            "\n", "\n\n\n\n", "x", "\r\n\r\n", "\r", " ", "\u{FEFF}", "a\0b\n", "\u{0C}\n",
        ],
        ["python", "markdown", "text", "c", "haskell", "yaml", "bash"])
    func odd(_ source: String, _ language: String) throws {
        let bytes = Array(source.utf8)
        let text = try Grammars.chunk(bytes, language)
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        #expect(text.chunks.count == 1)
    }

    @Test("carriage returns do not change what is found")
    func carriageReturns() throws {
        let sample = LanguageSample.java
        let returns = sample.text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        let plain = try Grammars.chunk(sample.text, "java")
        let other = try Grammars.chunk(Array(returns.utf8), "java")
        #expect(plain.symbols == other.symbols)
        #expect(plain.chunks.map(\.symbol) == other.chunks.map(\.symbol))
    }

    @Test("invalid UTF-8 is covered and does not hide definitions")
    func invalid() throws {
        let bytes =
            Array("# ".utf8) + [0xFF, 0xC3, 0x28, 0x80] + Array("\ndef f():\n    pass\n".utf8)
        let text = try Grammars.chunk(bytes, "python")
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        #expect(text.symbols.map(\.name) == ["f"])
    }

    @Test("a line over the limit is cut between words", arguments: ["text", "javascript", "json"])
    func longLine(_ language: String) throws {
        let word = "wörter "
        let bytes = Array(("first\n" + String(repeating: word, count: 4_000) + "\nlast\n").utf8)
        let text = try Grammars.chunk(bytes, language)
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        for chunk in text.chunks where chunk.startLine == 2 && chunk.endLine == 2 {
            #expect(chunk.byteRange.count <= 4_000)
            let last = bytes[chunk.byteRange.upperBound - 1]
            #expect(last == 0x20 || last == 0x0A)
        }
        #expect(text.chunks.count > 7)
    }

    @Test("a line without words is cut between characters")
    func noWords() throws {
        let bytes = Array(String(repeating: "語", count: 9_999).utf8)
        let text = try Grammars.chunk(bytes, "text")
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        for chunk in text.chunks {
            #expect(String(validating: bytes[chunk.byteRange], as: UTF8.self) != nil)
        }
    }

    @Test("a line of broken bytes is cut at the limit")
    func continuations() throws {
        let bytes = [UInt8](repeating: 0x80, count: 10_000)
        let text = try Grammars.chunk(bytes, "text")
        #expect(text.chunks.map(\.byteRange.count) == [4_000, 4_000, 2_000])
    }
}
