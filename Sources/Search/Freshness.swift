public import Git

/// How far the index of a ref is behind the repository.
public struct Freshness: Sendable, Equatable {
    /// The repository's name.
    public var repository: String
    /// The ref's full name, or a commit's id.
    public var ref: String
    /// The commit that answers come from.
    public var indexedCommit: ObjectID
    /// The commit that the ref stands at, as far as is known.
    public var seenCommit: ObjectID
    /// How many commits the index lacks; nil where the history cannot be read.
    public var behind: Int?
    /// Of a working tree, how many of its files are otherwise than when it was indexed; nil for
    /// other refs, and where the files cannot be looked at.
    public var changedFiles: Int?
    /// How many files of the tree are not indexed, those that were not chosen aside.
    public var filesLeftOut: Int
    /// Whether the ref was indexed by other patterns or another version than the repository's ref
    /// that was indexed last.
    public var hasOtherRules = false
}
