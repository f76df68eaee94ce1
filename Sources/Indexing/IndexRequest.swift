public import Storage

/// What is to be indexed.
public struct IndexRequest: Sendable {
    /// A branch, tag or commit; nil for what HEAD names.
    public var revision: String?
    /// New patterns of paths to index; nil keeps those of the repository.
    public var include: [String]?
    /// New patterns of paths to leave out; nil keeps those of the repository.
    public var exclude: [String]?
    /// Whether every file is read and cut again.
    public var isFull = false
    /// Whether the uncommitted working tree is indexed, as a ref of its own.
    public var isWorkingTree = false
    /// Whether the report holds the index's digest, which costs a pass over the ref's rows.
    public var wantsDigest = false
    /// The number of the repository that the rows belong to, for one whose objects lie in a mirror;
    /// nil for the repository at its own folder.
    public var repository: Int?
    /// Runs last within the transaction that moves the ref; when it throws, nothing moves.
    ///
    /// What it locks is held no longer than a commit takes.
    public var beforeCommit: (@Sendable (IndexStore) throws -> Void)?

    /// Makes a request for what HEAD names.
    public init() {}
}
