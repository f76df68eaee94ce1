import Git
import Storage

/// Which files of a tree must be looked at so that the index equals it.
struct TreePlan {
    /// Files whose rows are new or may differ.
    var upserts: [TreeEntry] = []
    /// Paths whose rows go away.
    var deletions: [GitPath] = []
    /// Where a file came from, for files that were renamed.
    var origins: [GitPath: GitPath] = [:]

    /// Adds files of rows that must be looked at again, unless the plan speaks of them.
    mutating func add(_ files: [RefFileRecord]) {
        guard !files.isEmpty else { return }
        let known = Set(upserts.map(\.path)).union(deletions)
        upserts += files.filter { !known.contains($0.path) }.map {
            TreeEntry(path: $0.path, oid: $0.oid, mode: $0.mode)
        }
    }
}
