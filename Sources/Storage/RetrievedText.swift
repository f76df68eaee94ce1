/// What ranking needs to know of a text.
public struct RetrievedText: Sendable {
    /// Its words and where they stand, as a binary tsvector.
    public var tokens: [UInt8]
    /// How many words it has.
    public var tokenCount: Int
    /// How near its vector is to the one asked about, from -1 to 1; nil where there is none.
    public var similarity: Double?
}
