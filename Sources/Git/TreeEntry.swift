/// A file, symbolic link or submodule of a tree, with its full path.
public struct TreeEntry: Hashable, Sendable {
    /// The path from the top of the tree.
    public let path: GitPath
    /// The blob, or for a submodule the commit of the other repository.
    public let oid: ObjectID
    /// What the path is.
    public let mode: FileMode

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - path: The path from the top of the tree.
    ///   - oid: The blob, or for a submodule the commit of the other repository.
    ///   - mode: What the path is.
    public init(path: GitPath, oid: ObjectID, mode: FileMode) {
        self.path = path
        self.oid = oid
        self.mode = mode
    }
}
