import Syntax
import Testing

@testable import Chunking

@Suite("Rules fit their grammars")
struct LanguageRulesTests {
    @Test("every kind of node and field a rule names is in the grammar")
    func names() throws {
        let library = try Grammars.library()
        for language in library.languages {
            let grammar = try #require(try library.grammar(for: language))
            let kinds = Set((0..<grammar.kindCount).map { grammar.kindName(UInt16($0)) })
            let rules = LanguageRules.rules(for: language)
            let named =
                rules.leading + rules.localScopes + Array(rules.leadingWords.keys)
                + Array(rules.definitions.keys)
                + rules.definitions.values.flatMap { $0.nameKinds + Array($0.refinements.keys) }
                + rules.definitions.values.compactMap(\.tail)
            let strangers = named.filter { !kinds.contains($0) }
            #expect(strangers.isEmpty, "\(language)")
            for rule in rules.definitions.values {
                for field in fields(of: rule) {
                    #expect(grammar.field(field) != 0, "\(language): field \(field)")
                }
                guard case .path(let steps) = rule.name else { continue }
                for step in steps {
                    #expect(
                        kinds.contains(step) || grammar.field(step) != 0, "\(language): \(step)")
                }
            }
        }
    }

    private func fields(of rule: DefinitionRule) -> [String] {
        var fields = [rule.requiredField].compactMap { $0 }
        switch rule.name {
        case .field(let name), .fields(let name): fields.append(name)
        default: break
        }
        return fields
    }
}
