public import Git

/// A ref of a repository, with how far the index has followed it.
public struct RefRecord: Sendable, Equatable {
    /// Its number within the workspace.
    public var id: Int
    /// The repository's number.
    public var repositoryID: Int
    /// Its full name, or the commit's id where it names a commit.
    public var name: String
    /// The commit that search answers from, or nil before the first.
    public var indexedCommit: ObjectID?
    /// The tree of that commit.
    public var indexedTree: ObjectID?
    /// The commit whose vectors are complete.
    public var vectorsCommit: ObjectID?
    /// The number of the model that those vectors are of.
    public var vectorsEmbedder: Int?
    /// The commit that the ref was last seen at.
    public var seenCommit: ObjectID?
    /// What the rows were made by: patterns and versions.
    public var rulesDigest: [UInt8]?
    /// How many files the tree holds, left out ones included.
    public var fileCount: Int
    /// How many chunks its files have.
    public var chunkCount: Int
    /// When the index last reached a commit, in seconds since 1970.
    public var indexedAt: Double?
    /// How long ago the ref was last asked for, by the database's clock.
    public var daysSinceSeen = 0.0

    /// A ref that has no row, and so no files.
    ///
    /// - Parameters:
    ///   - name: The ref's full name.
    ///   - repository: The repository's number.
    /// - Returns: A record whose number no row has.
    public static func unknown(_ name: String, ofRepository repository: Int) -> RefRecord {
        RefRecord(
            id: 0, repositoryID: repository, name: name, fileCount: 0, chunkCount: 0)
    }
}
