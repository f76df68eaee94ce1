/// A name a rule found at a node.
struct FoundName {
    let text: String

    /// The offset of the name's first byte.
    let byte: Int

    /// What is defined, where the node tells it more exactly than its rule.
    var kind: SymbolKind?

    /// What the name belongs to by its own writing.
    var qualifier: String?
}
