/// What a revision such as `main`, `v1.0` or `HEAD~2` stands for.
public struct ResolvedRevision: Hashable, Sendable {
    /// The full name of the ref, such as `refs/heads/main`, when the revision is one.
    public let referenceName: String?
    /// The commit; an annotated tag is followed to it.
    public let commit: ObjectID
    /// The tree of the commit.
    public let tree: ObjectID

    /// Makes a resolved revision.
    ///
    /// - Parameters:
    ///   - referenceName: The full name of the ref, when the revision is one.
    ///   - commit: The commit.
    ///   - tree: The tree of the commit.
    public init(referenceName: String?, commit: ObjectID, tree: ObjectID) {
        self.referenceName = referenceName
        self.commit = commit
        self.tree = tree
    }
}
