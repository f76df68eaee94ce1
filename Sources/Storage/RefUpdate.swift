public import Git

/// What takes a ref's rows from one commit to another.
public struct RefUpdate: Sendable {
    /// The ref's number.
    public var ref: Int
    /// The commit that the rows must stand at for the update to be right.
    public var from: ObjectID?
    /// The commit that they stand at afterwards.
    public var to: ObjectID
    /// The tree of that commit.
    public var tree: ObjectID
    /// What the rows were made by.
    public var rulesDigest: [UInt8]
    /// Whether every text of the new tree has its vector.
    public var vectorsComplete: Bool
    /// Files that are new or differ.
    public var upserts: [RefFileRecord] = []
    /// Paths that are gone.
    public var deletions: [GitPath] = []
    /// The words of the paths that are new, as binary tsvectors.
    public var pathTokens: [(path: GitPath, tokens: [UInt8])] = []

    /// Makes an update without files; the parameters are its properties.
    public init(
        ref: Int, from: ObjectID?, to: ObjectID, tree: ObjectID, rulesDigest: [UInt8],
        vectorsComplete: Bool
    ) {
        self.ref = ref
        self.from = from
        self.to = to
        self.tree = tree
        self.rulesDigest = rulesDigest
        self.vectorsComplete = vectorsComplete
    }
}
