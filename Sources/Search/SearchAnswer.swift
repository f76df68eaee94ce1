/// What a search found.
public struct SearchAnswer: Sendable {
    /// The page of results, best first.
    public var results: [SearchResult]
    /// Which retrievers took part: `lexical`, `semantic`, `symbol`, `path`, `regex`.
    public var answeredBy: [String]
    /// The state of each ref that was searched.
    public var freshness: [Freshness]
    /// What asks for the next page, or nil after the last.
    public var nextCursor: String?
    /// How long it took.
    public var duration: Duration
    /// Whether every place that fits can be had by going on; false where there were too many.
    public var isComplete = true
    /// What the one who asks may have meant otherwise, such as a path pattern that nothing fits.
    public var warnings: [String] = []
}
