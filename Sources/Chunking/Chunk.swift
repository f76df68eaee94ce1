/// A run of whole lines of a text, or a piece of one line that is too long.
public struct Chunk: Sendable, Equatable {
    /// The chunk's place among the text's chunks, from 0.
    public let ordinal: Int

    /// What the chunk holds.
    public let kind: ChunkKind

    /// The qualified name of the main definition in it, else of the one it is part of, else `nil`.
    public let symbol: String?

    /// The first line, from 1.
    public let startLine: Int

    /// The last line, from 1; the same as the first for a piece of a line.
    public let endLine: Int

    /// The bytes of the text that the chunk covers.
    public let byteRange: Range<Int>

    /// Makes a chunk.
    ///
    /// - Parameters:
    ///   - ordinal: The chunk's place among the text's chunks, from 0.
    ///   - kind: What the chunk holds.
    ///   - symbol: The qualified name of its main definition.
    ///   - startLine: The first line, from 1.
    ///   - endLine: The last line, from 1.
    ///   - byteRange: The bytes it covers.
    public init(
        ordinal: Int, kind: ChunkKind, symbol: String?, startLine: Int, endLine: Int,
        byteRange: Range<Int>
    ) {
        self.ordinal = ordinal
        self.kind = kind
        self.symbol = symbol
        self.startLine = startLine
        self.endLine = endLine
        self.byteRange = byteRange
    }
}
