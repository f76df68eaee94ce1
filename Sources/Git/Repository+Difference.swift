extension Repository {
    /// Lists what differs between two trees, in byte order of paths.
    ///
    /// Only folders that differ are read, so the cost follows the size of the change. A renamed
    /// file stands at its new path.
    ///
    /// - Parameters:
    ///   - old: The tree before; `nil` for the empty tree.
    ///   - new: The tree after; `nil` for the empty tree.
    ///   - renames: Whether deleted and added files with the same or similar content are paired,
    ///     as `git diff -M` does. Very large changes are paired by identical content only.
    /// - Returns: The changes.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject` when an object cannot be read.
    public func diff(
        from old: ObjectID?, to new: ObjectID?, renames: Bool
    ) throws(GitError) -> [Change] {
        var difference = TreeDifference(self)
        try difference.compare(old, new)
        guard renames else { return difference.changes }
        return RenameDetection(self).pair(difference.changes)
    }
}
