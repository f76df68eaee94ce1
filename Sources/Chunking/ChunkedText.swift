/// A text cut into chunks, with the definitions found on the way.
public struct ChunkedText: Sendable, Equatable {
    /// How a text was cut.
    public enum Method: String, Sendable {
        /// Along its syntax tree.
        case syntax
        /// At its headings.
        case headings
        /// At line ends, blank lines preferred.
        case lines
    }

    /// The chunks in order; together they are the text, each byte once.
    public let chunks: [Chunk]

    /// The definitions, ordered by where they start.
    public let symbols: [SymbolDefinition]

    /// How the text was cut.
    public let method: Method

    /// Puts a cut text together.
    ///
    /// - Parameters:
    ///   - chunks: The chunks in order.
    ///   - symbols: The definitions in order.
    ///   - method: How the text was cut.
    public init(chunks: [Chunk], symbols: [SymbolDefinition], method: Method) {
        self.chunks = chunks
        self.symbols = symbols
        self.method = method
    }
}
