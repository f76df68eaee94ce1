/// What one kind of node defines.
struct DefinitionRule: Sendable {
    let kind: SymbolKind
    let name: NameRule

    /// A field without which the node is a use, not a definition.
    let requiredField: String?

    /// Kinds of node the name may be; any when empty.
    let nameKinds: [String]

    /// Kinds of children that tell more exactly what is defined, such as the keyword.
    let refinements: [String: SymbolKind]

    /// A kind of sibling that, coming right after the node, belongs to it.
    let tail: String?

    init(
        _ kind: SymbolKind, _ name: NameRule = .field("name"), requires field: String? = nil,
        nameKinds: [String] = [], refined: [String: SymbolKind] = [:], tail: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.requiredField = field
        self.nameKinds = nameKinds
        self.refinements = refined
        self.tail = tail
    }
}
