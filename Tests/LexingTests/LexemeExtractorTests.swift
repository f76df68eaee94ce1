import Lexing
import Testing

@Suite("A text becomes sorted lexemes with places")
struct LexemeExtractorTests {
    private func read(_ text: String) -> [String: [UInt16]] {
        let list = LexemeExtractor().lexemes(of: text)
        var found: [String: [UInt16]] = [:]
        for index in 0..<list.count {
            found[list[index].lexeme.description] = Array(list[index].positions)
        }
        return found
    }

    @Test func identifiersGiveTheirPartsAndThemselves() {
        #expect(
            read("parseArgs(x, parse_args)") == [
                "parseargs": [1, 4], "pars": [1, 4], "arg": [2, 5],
            ])
    }

    @Test func partsHaveConsecutivePlaces() {
        let places = read("the HTTPServer starts")
        #expect(places["http"] == [2])
        #expect(places["server"] == [3])
        #expect(places["httpserver"] == [2])
        #expect(places["start"] == [4])
    }

    @Test func orderIsByBytes() {
        let text = "b a_b ab abc abcdefgh abcdefghi abcdefgha Z über zz abcdefgh1 abcdefgh_2"
        let list = LexemeExtractor().lexemes(of: text)
        let lexemes = (0..<list.count).map { list[$0].lexeme }
        #expect(lexemes == lexemes.sorted())
        #expect(Set(lexemes).count == lexemes.count)
    }

    @Test func placesStopAtPostgresLimits() {
        let many = read(String(repeating: "word ", count: 400))["word"]
        #expect(many?.count == LexemeList.maximumPositions)
        let filler = (0..<20_000).map { "w\($0)" }.joined(separator: " ")
        let far = read(filler + " target target")
        #expect(far["target"] == [LexemeList.maximumPosition])
    }

    @Test func longWordsAreLeftOut() {
        let word = String(repeating: "a", count: 65)
        #expect(read(word + " short") == ["short": [2]])
        #expect(read(String(repeating: "b", count: 64)).count == 1)
    }

    @Test func anExtractorCanBeUsedAgain() {
        let extractor = LexemeExtractor()
        let first = extractor.lexemes(of: "alpha beta gamma_delta")
        let large = (0..<5000).map { "term\($0)_x" }.joined(separator: " ")
        #expect(extractor.lexemes(of: large).count == 10_000)
        #expect(extractor.lexemes(of: "alpha beta gamma_delta") == first)
        #expect(extractor.lexemes(of: "").count == 0)
    }

    @Test func encodesTheBinaryVector() {
        var bytes: [UInt8] = []
        LexemeExtractor().lexemes(of: "beta alpha beta").encodeTSVector(into: &bytes)
        let alpha: [UInt8] = Array("alpha".utf8) + [0, 0, 1, 0, 2]
        let beta: [UInt8] = Array("beta".utf8) + [0, 0, 2, 0, 1, 0, 3]
        #expect(bytes == [0, 0, 0, 2] + alpha + beta)
    }

    @Test func aVectorStaysWithinItsLimit() {
        let text = (0..<60_000).map { "identifier\($0)" }.joined(separator: "\n")
        var bytes: [UInt8] = []
        let list = LexemeExtractor().lexemes(of: text)
        list.encodeTSVector(into: &bytes)
        #expect(list.count == 60_000)
        #expect(bytes.count < LexemeList.maximumVectorBytes + 200_000)
        let kept = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        #expect(kept < 60_000 && kept > 40_000)
    }

    @Test func countsPartsForRanking() {
        #expect(LexemeExtractor().lexemes(of: "a b parse_args").partCount == 4)
    }
}
