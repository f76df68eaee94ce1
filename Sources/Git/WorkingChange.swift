/// One path whose state in the working directory differs from a tree.
public struct WorkingChange: Hashable, Sendable {
    /// The path from the top of the repository.
    public let path: GitPath
    /// What the tree holds, or `nil` for a path that is new.
    public let old: TreeEntry?
    /// What the working directory holds, or `nil` for a path that is gone.
    ///
    /// The id is the one the content would get in git; its blob need not be in the repository. Of a
    /// file that cannot be read it is ``ObjectID/none``.
    public let new: TreeEntry?

    /// Makes a working change.
    ///
    /// - Parameters:
    ///   - path: The path from the top of the repository.
    ///   - old: What the tree holds.
    ///   - new: What the working directory holds.
    public init(path: GitPath, old: TreeEntry?, new: TreeEntry?) {
        self.path = path
        self.old = old
        self.new = new
    }
}
