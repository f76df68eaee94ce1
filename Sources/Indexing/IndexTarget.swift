import Git

/// What a run brings the index to.
struct IndexTarget {
    /// The ref's full name, or a commit's id.
    var refName: String
    /// The commit.
    var commit: ObjectID
    /// The commit's tree.
    var tree: ObjectID
    /// What the working tree has otherwise; empty unless it is what is indexed.
    var workingChanges: [WorkingChange] = []
    /// Whether the working tree is what is indexed.
    var isWorkingTree = false
}

extension IndexTarget {
    /// The paths whose bytes are in the working tree and not in git's objects.
    var workingPaths: Set<GitPath> {
        Set(workingChanges.filter { $0.new != nil }.map(\.path))
    }

    /// Calls `body` for every file, by path: those of the tree, as the working tree changed them.
    func forEachEntry(
        in repository: Repository, _ body: (TreeEntry) throws -> Void
    ) throws {
        guard !workingChanges.isEmpty else {
            return try repository.forEachEntry(in: tree, body)
        }
        let changes = workingChanges.sorted { $0.path < $1.path }
        var next = changes.startIndex
        func emitChanges(before path: GitPath?) throws {
            while next < changes.endIndex, path.map({ changes[next].path < $0 }) ?? true {
                if let entry = changes[next].new { try body(entry) }
                next += 1
            }
        }
        try repository.forEachEntry(in: tree) { entry in
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
