import Lexing
import Testing

@Suite("A query becomes terms of the index")
struct QueryTermsTests {
    private func read(_ query: String) -> [String] {
        QueryTerms.terms(of: query).map { "\($0.kind) \($0.lexeme)" }
    }

    @Test func wordsAreStemmedAndJoined() {
        #expect(
            read("parsing of headers") == ["word pars", "compound parsingheaders", "word header"])
    }

    @Test func identifiersGiveThemselvesAndParts() {
        #expect(read("parseArgs") == ["whole parseargs", "part pars", "part arg"])
        #expect(read("parse_args") == read("parseArgs"))
    }

    @Test func stopWordsStayWhenNothingElseIsLeft() {
        #expect(
            read("what is this") == [
                "word what", "compound whatis", "word is",
                "compound isthis", "word this",
            ])
        #expect(read("the parser") == ["word parser"])
    }

    @Test func termsAreDistinctAndTheStrongerKindWins() {
        let terms = QueryTerms.terms(of: "args parse_args args")
        #expect(Set(terms.map(\.lexeme)).count == terms.count)
        #expect(terms.first { $0.lexeme.description == "arg" }?.kind == .word)
        #expect(terms.first { $0.lexeme.description == "parseargs" }?.kind == .whole)
    }

    @Test(arguments: ["", "  ", "+-*/", "\u{2014}"])
    func nothingGivesNothing(_ query: String) {
        #expect(QueryTerms.terms(of: query).isEmpty)
    }

    @Test func termsMatchWhatTheIndexHolds() {
        let list = LexemeExtractor().lexemes(of: "class CommandTree { parseHTTPHeaders() }")
        let index = Set((0..<list.count).map { list[$0].lexeme })
        for query in ["command tree", "CommandTree", "parsed http header", "parseHTTPHeaders"] {
            #expect(QueryTerms.terms(of: query).contains { index.contains($0.lexeme) })
        }
        #expect(QueryTerms.terms(of: "command tree").map(\.lexeme).allSatisfy(index.contains))
    }
}
