/// How many texts there are, and in how many of them each of some words stands.
public struct TermStatistics: Sendable, Equatable {
    /// The number of texts.
    public var textCount: Int
    /// For each word, the number of texts that hold it, which may be an estimate.
    public var counts: [Int]

    /// Makes statistics; the parameters are its properties.
    public init(textCount: Int, counts: [Int]) {
        self.textCount = textCount
        self.counts = counts
    }
}
