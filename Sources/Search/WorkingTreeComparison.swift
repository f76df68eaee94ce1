import Git
import Storage

/// Compares the rows of a working tree's ref with its files as they are now.
struct WorkingTreeComparison {
    let store: IndexStore
    let repository: Repository

    private static let pageSize = 2_000

    /// Returns how many files came, went or differ since the working tree was indexed.
    ///
    /// Costs what `git status` costs, and a pass over the ref's rows.
    func changedFiles(of ref: RefRecord) throws -> Int {
        guard let record = try store.repository(id: ref.repositoryID) else { return 0 }
        let selection = PathSelection(include: record.include, exclude: record.exclude)
        // Against the tree that was indexed, so that what was committed since changes nothing.
        let tree = try ref.indexedTree.flatMap { repository.hasObject($0) ? $0 : nil } ?? headTree()
        let changes = try repository.workingTreeChanges(against: tree)
        var rows = try store.files(ofRef: ref.id, after: nil, limit: Self.pageSize)[...]
        func next() throws -> RefFileRecord? {
            guard let row = rows.popFirst() else { return nil }
            if rows.isEmpty {
                rows = try store.files(ofRef: ref.id, after: row.path, limit: Self.pageSize)[...]
            }
            return row
        }
        var count = 0
        var row = try next()
        try repository.forEachEntry(in: tree, changedBy: changes) { entry in
            guard selection.contains(entry.path) else { return }
            while let gone = row, gone.path < entry.path {
                count += 1
                row = try next()
            }
            guard let known = row, known.path == entry.path else {
                count += 1
                return
            }
            if known.oid != entry.oid || known.mode != entry.mode { count += 1 }
            row = try next()
        }
        while row != nil {
            count += 1
            row = try next()
        }
        return count
    }

    private func headTree() throws -> ObjectID { try repository.resolve("HEAD").tree }
}
