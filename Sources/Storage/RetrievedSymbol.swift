/// A definition, with the chunk it begins in, as a search finds it.
public struct RetrievedSymbol: Sendable {
    /// The chunk.
    public var chunk: RetrievedChunk
    /// The definition's own name.
    public var name: String
    /// Its name with those of what encloses it.
    public var qualifiedName: String
    /// What it is: a function, a class and so on.
    public var kind: String
    /// Its first line, from 1.
    public var startLine: Int
    /// Its last line.
    public var endLine: Int
}
