/// What a chunk holds: the kind of its main definition, or one of the kinds of text here.
public struct ChunkKind: RawRepresentable, Hashable, Sendable {
    /// The kind's name, as stored and shown.
    public let rawValue: String

    /// Makes a kind of a stored name.
    ///
    /// - Parameter rawValue: The name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Makes the kind of a chunk that holds a definition.
    ///
    /// - Parameter symbol: What is defined.
    public init(_ symbol: SymbolKind) { rawValue = symbol.rawValue }

    /// A part of a definition too large for one chunk, after its head.
    public static let part = ChunkKind(rawValue: "part")

    /// Code outside every definition: imports, statements.
    public static let block = ChunkKind(rawValue: "block")

    /// Text under a heading.
    public static let section = ChunkKind(rawValue: "section")

    /// Lines of a text without known structure.
    public static let text = ChunkKind(rawValue: "text")
}
