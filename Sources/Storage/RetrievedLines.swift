/// The lines of a text that a pattern fits.
public struct RetrievedLines: Sendable {
    /// The places of the lines in the text, from 1, ascending; empty when only a match over
    /// several lines is there.
    public var places: [Int]
    /// The lines' texts, in the same order.
    public var lines: [String]
}
