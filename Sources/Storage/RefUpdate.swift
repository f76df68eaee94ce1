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
    /// The number of the model whose vectors every text of the new tree has; nil while some lack.
    public var vectorsEmbedder: Int?
    /// Whether all files are counted anew, as when blobs that were there are cut again.
    public var recounts = false
    /// A ref whose rows a ref without any begins with.
    public var seed: Seed?
    /// New patterns of the repository's paths, which hold from this commit on.
    public var patterns: Patterns?
    /// Files that are new or differ.
    public var upserts: [RefFileRecord] = []
    /// Paths that are gone.
    public var deletions: [GitPath] = []
    /// The words of the paths that are new.
    public var pathWords: PathWordRows?

    /// A ref that another one begins with, and where it must stand for that.
    public struct Seed: Sendable {
        /// The ref's number.
        public var ref: Int
        /// The commit that its rows must stand at.
        public var commit: ObjectID

        /// Makes a seed; the parameters are its properties.
        public init(ref: Int, commit: ObjectID) {
            self.ref = ref
            self.commit = commit
        }
    }

    /// Which paths of a repository are indexed.
    public struct Patterns: Sendable {
        /// The repository's number.
        public var repository: Int
        /// The patterns of paths that are indexed.
        public var include: [String]
        /// The patterns of paths that are not.
        public var exclude: [String]

        /// Makes patterns; the parameters are its properties.
        public init(repository: Int, include: [String], exclude: [String]) {
            self.repository = repository
            self.include = include
            self.exclude = exclude
        }
    }

    /// Makes an update without files; the parameters are its properties.
    public init(
        ref: Int, from: ObjectID?, to: ObjectID, tree: ObjectID, rulesDigest: [UInt8],
        vectorsEmbedder: Int?
    ) {
        self.ref = ref
        self.from = from
        self.to = to
        self.tree = tree
        self.rulesDigest = rulesDigest
        self.vectorsEmbedder = vectorsEmbedder
    }
}
