public import Cryptography
public import Git

/// What one run of the indexer did.
public struct IndexReport: Sendable {
    /// Numbers of files.
    public struct Files: Sendable, Equatable {
        /// Files that the tree did not have before.
        public var added = 0
        /// Files whose content or mode differs.
        public var modified = 0
        /// Files that are gone.
        public var deleted = 0
        /// Files that stand at another path.
        public var renamed = 0
        /// Files of the tree that are left out.
        public var skipped = 0
        /// Files that the ref has now, left out ones included.
        public var total = 0
    }

    /// Numbers of chunks.
    public struct Chunks: Sendable, Equatable {
        /// Chunks that the changed files have now and did not have before.
        public var added = 0
        /// Chunks that they had and have no more.
        public var removed = 0
        /// Chunks that they had and still have; of a new ref, those that it took from another.
        public var reused = 0
        /// Chunks that the ref has now.
        public var total = 0
    }

    /// The repository's name.
    public var repository: String
    /// The ref's full name, or a commit's id.
    public var ref: String
    /// The commit that the index stood at before.
    public var from: ObjectID?
    /// The commit that it stands at now.
    public var to: ObjectID
    /// What became of the files.
    public var files = Files()
    /// What became of the chunks.
    public var chunks = Chunks()
    /// How many texts were sent to the embedder.
    public var embedded = 0
    /// How long the run took until the commit could be searched; the digest's time is not in it.
    public var duration = Duration.zero
    /// Files of the working tree that are left out because they cannot be read.
    public var unreadable: [GitPath] = []
    /// Patterns of the request that no path of the tree fits.
    public var unmatchedPatterns: [String] = []
    /// Where the repository was before its folder was renamed or moved, when this run found that.
    public var movedFrom: String?
    /// The digest of the ref's index, where it was asked for.
    public var digest: SHA256Digest?
}
