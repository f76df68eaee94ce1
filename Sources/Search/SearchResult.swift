public import Git
public import Storage

/// A place that answers a query.
public struct SearchResult: Sendable {
    /// The repository's name.
    public var repository: String
    /// The ref's full name, or a commit's id.
    public var ref: String
    /// The commit that the ref's index stands at.
    public var commit: ObjectID
    /// The file's path.
    public var path: GitPath
    /// The language the file is read as.
    public var language: String
    /// The qualified name of what is defined there.
    public var symbol: String?
    /// What it is: a definition's kind, or how the chunk was cut.
    public var kind: String
    /// The first line of what is shown, from 1, with the comment above a definition.
    public var startLine: Int
    /// The last line of what is shown.
    public var endLine: Int
    /// The line that the symbol's definition begins at; nil where it begins elsewhere.
    public var symbolLine: Int?
    /// What was synchronised there, where it is no file: an issue, a pull request or the like.
    public var item: SyncedItemReference?
    /// How well it fits; comparable within one answer only.
    public var score: Double
    /// What it was found by: the ranks, from 1, in the lists of the retrievers, by names such as
    /// `semantic_rank`.
    public var signals: [String: Int]
    /// The lines from ``startLine`` to ``endLine``: a chunk, or the part of it that fits best where
    /// it has very many.
    public var snippet: String
    /// The words of the query, lower-cased and without endings, to be made visible in the snippet.
    public var highlights: [String]
}
