import Lexing
import Testing

@Suite("The index and the training code read texts alike")
struct ParityTests {
    @Test(arguments: goldenTerms.indices)
    func termsAreThoseOfTheTrainingCode(_ index: Int) {
        let golden = goldenTerms[index]
        let list = golden.text.withUnsafeBytes { LexemeExtractor().lexemes(of: $0) }
        var found: [String: Int] = [:]
        for index in 0..<list.count {
            found[list[index].lexeme.description] = list[index].positions.count
        }
        #expect(found == golden.terms)
    }
}
