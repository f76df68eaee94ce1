internal import Syntax

/// A language's rules with the kinds of node as numbers of the loaded grammar.
struct CompiledRules {
    /// What the walk does at a kind of node.
    enum Action: Equatable {
        case nothing
        case define(Int)
        case localScope
        case scope
        case leading
        case leadingIfWord(Int)
    }

    let grammar: Grammar
    let mergesClauses: Bool
    let rules: [DefinitionRule]
    let words: [[[UInt8]]]

    /// The action for each kind of node.
    let actions: [Action]

    /// The name of each kind of node.
    let kindNames: [String]

    private let fields: [String: UInt16]

    init(grammar: Grammar, rules source: LanguageRules) {
        self.grammar = grammar
        mergesClauses = source.mergesClauses
        let definitions = source.definitions.sorted { $0.key < $1.key }
        rules = definitions.map(\.value)
        let leadingWords = source.leadingWords.sorted { $0.key < $1.key }
        words = leadingWords.map { $0.value.map { Array($0.utf8) } }
        var byName: [String: Action] = [:]
        for name in source.leading { byName[name] = .leading }
        for name in source.localScopes { byName[name] = .localScope }
        for name in source.namespaces { byName[name] = .scope }
        for (index, entry) in leadingWords.enumerated() {
            byName[entry.key] = .leadingIfWord(index)
        }
        for (index, entry) in definitions.enumerated() { byName[entry.key] = .define(index) }
        let names = (0..<grammar.kindCount).map { grammar.kindName(UInt16($0)) }
        kindNames = names
        actions = names.indices.map { kind in
            guard grammar.isNamed(UInt16(kind)) else { return .nothing }
            return byName[names[kind]] ?? .nothing
        }
        fields = Self.numberFields(of: rules, in: grammar)
    }

    /// The fields the naming strategies ask for beside those the rules name.
    private static let usualFields = [
        "name", "type", "value", "left", "right", "declarator", "receiver", "target", "lhs", "rhs",
        "key", "expression", "attrpath", "pattern", "property", "object", "body", "definition",
    ]

    private static func numberFields(
        of rules: [DefinitionRule], in grammar: Grammar
    ) -> [String: UInt16] {
        var names = Set(usualFields)
        for rule in rules {
            if let field = rule.requiredField { names.insert(field) }
            var nameRule = rule.name
            if case .receiver(let inner) = nameRule { nameRule = inner }
            switch nameRule {
            case .field(let name), .fields(let name): names.insert(name)
            case .path(let steps): names.formUnion(steps)
            default: break
            }
        }
        return names.reduce(into: [:]) { $0[$1] = grammar.field($1) }
    }

    /// The name of a node's kind; errors have a number beyond the table.
    func name(_ node: SyntaxNode) -> String {
        let kind = Int(node.kind)
        return kind < kindNames.count ? kindNames[kind] : "ERROR"
    }

    func action(_ kind: UInt16) -> Action {
        Int(kind) < actions.count ? actions[Int(kind)] : .nothing
    }

    func child(_ node: SyntaxNode, _ field: String) -> SyntaxNode? {
        node.child(field: fields[field] ?? 0)
    }

    func field(_ name: String) -> UInt16 { fields[name] ?? 0 }

    /// The first child of a kind, named or not.
    func child(_ node: SyntaxNode, kind: String) -> SyntaxNode? {
        var found: SyntaxNode?
        node.forEachChild { child, _ in
            if name(child) == kind { found = child }
            return found == nil
        }
        return found
    }
}
