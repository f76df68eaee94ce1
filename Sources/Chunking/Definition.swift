/// A definition in a tree, before chunks are known.
struct Definition {
    let name: String
    let kind: SymbolKind

    /// The definition this one is inside of, -1 for none.
    let parent: Int

    let startByte: Int
    var endByte: Int
    let nameByte: Int
    let startRow: Int
    var endRow: Int

    /// Names from the outermost to this one, joined by dots.
    let qualifiedName: String
}
