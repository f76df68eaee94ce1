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

    /// Lists what differs between two trees, unless it is too much to be held in memory.
    ///
    /// - Parameters:
    ///   - old: The tree before; `nil` for the empty tree.
    ///   - new: The tree after; `nil` for the empty tree.
    ///   - renames: As of ``diff(from:to:renames:)``.
    ///   - limit: The largest number of changes, a renamed file counting twice.
    /// - Returns: The changes, or `nil` where there are more; finding that out costs no more than
    ///   listing as many as may be.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject` when an object cannot be read.
    public func diff(
        from old: ObjectID?, to new: ObjectID?, renames: Bool, limit: Int
    ) throws(GitError) -> [Change]? {
        var difference = TreeDifference(self, limit: limit)
        try difference.compare(old, new)
        guard difference.changes.count <= limit else { return nil }
        return renames
            ? RenameDetection(self).pair(difference.changes) : difference.changes
    }
}
