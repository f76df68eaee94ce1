/// A definition found in a text.
public struct SymbolDefinition: Sendable, Equatable {
    /// The name as written, for instance `open`.
    public let name: String

    /// The name with what it is defined in, joined by dots, for instance `Store.open`.
    public let qualifiedName: String

    /// What is defined.
    public let kind: SymbolKind

    /// The definition's first line, from 1, without comments above it.
    public let startLine: Int

    /// The definition's last line, from 1.
    public let endLine: Int

    /// The chunk that holds the line with the name.
    public let chunkOrdinal: Int

    /// Makes a definition.
    ///
    /// - Parameters:
    ///   - name: The name as written.
    ///   - qualifiedName: The name with what it is defined in, joined by dots.
    ///   - kind: What is defined.
    ///   - startLine: The first line, from 1.
    ///   - endLine: The last line, from 1.
    ///   - chunkOrdinal: The chunk that holds the line with the name.
    public init(
        name: String, qualifiedName: String, kind: SymbolKind, startLine: Int, endLine: Int,
        chunkOrdinal: Int
    ) {
        self.name = name
        self.qualifiedName = qualifiedName
        self.kind = kind
        self.startLine = startLine
        self.endLine = endLine
        self.chunkOrdinal = chunkOrdinal
    }
}
