/// What HEAD of a repository points to.
public enum Head: Hashable, Sendable {
    /// A branch, by its short name, and its commit.
    case branch(name: String, commit: ObjectID)
    /// A commit without a branch.
    case detached(ObjectID)
    /// A branch that has no commit yet, by its short name.
    case unborn(name: String)
}
