import Testing

@testable import Chunking

@Suite("Markdown is cut at its headings")
struct HeadingTests {
    private let words = String(repeating: "Words of a paragraph that is long enough.\n", count: 20)

    @Test("sections carry their headings")
    func sections() throws {
        let source = "# Guide\n\n\(words)\n## Install ##\n\n\(words)\nUse\n---\n\n\(words)"
        let text = try Grammars.chunk(source, "markdown")
        #expect(text.chunks.map(\.symbol) == ["Guide", "Guide > Install", "Guide > Use"])
        #expect(text.chunks.allSatisfy { $0.kind == .section })
        #expect(text.method == .headings)
        #expect(text.chunks.map(\.startLine) == [1, 24, 47])
    }

    @Test("marks inside code, front matter and lists are no headings")
    func code() throws {
        let source = """
            ---
            title: A page
            ---
            \(words)
            ```sh
            # not a heading
            ~~~
            ```
            ~~~~
            # nor this
            ~~~
            ~~~~
                # nor code
            - item
            ---
            #hashtag
            > # quoted
            ####### seven
            """
        let text = try Grammars.chunk(source, "markdown")
        #expect(text.chunks.map(\.symbol) == [nil])
    }

    @Test("small sections join what is above them, large ones are divided")
    func sizes() throws {
        let small = "# A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n"
        #expect(try Grammars.chunk(small, "markdown").chunks.map(\.symbol) == ["A"])
        let large = "# Big\n\n" + String(repeating: words + "\n", count: 6)
        let text = try Grammars.chunk(large, "markdown")
        #expect(text.chunks.count > 2)
        #expect(text.chunks.allSatisfy { $0.symbol == "Big" })
    }

    @Test("an outline goes down and up")
    func outline() throws {
        let source = "# A\n\(words)### B\n\(words)## C\n\(words)# D\n\(words)"
        let text = try Grammars.chunk(source, "markdown")
        #expect(text.chunks.map(\.symbol) == ["A", "A > B", "A > C", "D"])
    }

    @Test("an underlined heading and its rule with carriage returns")
    func underlined() throws {
        let source = "Title\r\n=====\r\n\r\nText.\r\n"
        let text = try Grammars.chunk(source, "markdown")
        #expect(text.chunks.map(\.symbol) == ["Title"])
    }
}
