extension Repository {
    /// Calls back for every file of a tree as the working directory changed it, in byte order of
    /// paths.
    ///
    /// - Parameters:
    ///   - tree: The id of the tree at the top.
    ///   - changes: What the working directory has otherwise.
    ///   - body: Called once for each entry; what it throws ends the walk.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject`, and what `body` throws.
    public func forEachEntry(
        in tree: ObjectID, changedBy changes: [WorkingChange],
        _ body: (TreeEntry) throws -> Void
    ) throws {
        guard !changes.isEmpty else { return try forEachEntry(in: tree, body) }
        let changes = changes.sorted { $0.path < $1.path }
        var next = changes.startIndex
        func emitChanges(before path: GitPath?) throws {
            while next < changes.endIndex, path.map({ changes[next].path < $0 }) ?? true {
                if let entry = changes[next].new { try body(entry) }
                next += 1
            }
        }
        try forEachEntry(in: tree) { entry in
            try emitChanges(before: entry.path)
            if next < changes.endIndex, changes[next].path == entry.path {
                if let changed = changes[next].new { try body(changed) }
                next += 1
            } else {
                try body(entry)
            }
        }
        try emitChanges(before: nil)
    }
}
