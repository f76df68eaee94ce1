/// What is looked for, and where.
public struct SearchRequest: Sendable {
    /// Free text, code, a name, or a regular expression.
    ///
    /// Outside the mode `regex`, `sym:NAME`, `path:GLOB`, `lang:NAME`, `kind:NAME`, `repo:NAME` and
    /// `ref:NAME` narrow the search, `-word` leaves out what holds the word, `"some words"` must stand
    /// together, and a query between two slashes is a regular expression. A value with spaces stands
    /// between quotes: `path:"a file.txt"`. A query without any word is looked for sign by sign.
    public var query: String
    /// How the query is answered.
    public var mode = SearchMode.hybrid
    /// The name of the one repository to look in; nil for all.
    public var repository: String?
    /// The full or short name of a ref, or a commit; nil for the ref indexed last.
    public var ref: String?
    /// Patterns of paths of which one must fit; none means any path.
    public var path: [String] = []
    /// Languages of which a file must have one; none means any.
    public var language: [String] = []
    /// Kinds of which a result must have one: `code`, `issue`, `pr`, `comment`, `review`, `release` or
    /// `discussion`; none means any.
    public var kind: [String] = []
    /// How many results one page has.
    public var limit = 10
    /// The ``SearchAnswer/nextCursor`` of the page before; nil for the first page.
    public var cursor: String?

    /// The most results that one page may have.
    public static let maximumLimit = 200
    /// The longest query, in bytes of UTF-8.
    public static let maximumQueryBytes = 4_096

    /// Makes a request for the first page of a hybrid search.
    ///
    /// - Parameter query: What is looked for.
    public init(query: String) {
        self.query = query
    }
}
