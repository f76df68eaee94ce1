import Testing

@testable import Search

@Suite("A query is taken apart")
struct ParsedQueryTests {
    @Test("what narrows the search is no part of the text")
    func prefixes() {
        let query = ParsedQuery("sym:Parser path:src/** lang:py repo:flask ref:main read -test")
        #expect(query.text == "Parser read")
        #expect(query.symbol == "Parser")
        #expect(query.paths == ["src/**"])
        #expect(query.languages == ["py"])
        #expect(query.repository == "flask")
        #expect(query.ref == "main")
        #expect(query.excluded == ["test"])
    }

    @Test(
        "what only looks like a sign is text",
        arguments: [
            "foo: bar", "std::vector push_back", "a -> b", "--flag value", "-1 offset", "path:",
            "it's", "say \"hello", "a-b",
        ])
    func text(query: String) {
        let parsed = ParsedQuery(query)
        #expect(parsed.text == query)
        #expect(parsed.excluded.isEmpty)
        #expect(parsed.phrases.isEmpty)
    }

    @Test("quoted words are a phrase and text")
    func phrases() {
        let query = ParsedQuery("find \"event loop\" twice")
        #expect(query.phrases == ["event loop"])
        #expect(query.text == "find event loop twice")
    }

    @Test("a query between slashes is a pattern, one slash is not")
    func patterns() {
        #expect(ParsedQuery("/ab+c/").pattern == "ab+c")
        #expect(ParsedQuery("/").pattern == nil)
        #expect(ParsedQuery("//").pattern == nil)
        #expect(ParsedQuery("a/b").pattern == nil)
        #expect(ParsedQuery("sym:x", isPattern: true).pattern == "sym:x")
    }

    @Test("a symbol alone is what is looked for")
    func symbolAlone() {
        #expect(ParsedQuery("sym:Parser").text == "Parser")
    }

    @Test(
        "names of code are told from words",
        arguments: [
            ("TypeAdapter", true), ("parse_args", true), ("toJson", true), ("HTTPHeaders", true),
            ("Rack::Response", true), ("os.path", true), ("use()", true), ("Session", false),
            ("HTTP", false), ("reflection-based", false), ("and/or", false), ("don't", false),
        ])
    func identifiers(word: String, isIdentifier: Bool) {
        #expect(QueryName(word[...])?.isIdentifier == isIdentifier, "\(word)")
    }

    @Test("a name is read without what stands around it")
    func names() {
        #expect(
            QueryName.names(in: "`use()`, (Rack::Builder)?").map(\.text) == [
                "use", "Rack::Builder",
            ])
        #expect(QueryName.names(in: "Rack::Builder").map(\.last) == ["Builder"])
        #expect(QueryName.names(in: "!? --").isEmpty)
    }
}
