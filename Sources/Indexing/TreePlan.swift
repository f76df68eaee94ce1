import Git
import Storage

/// Which files of a tree must be looked at so that the index equals it.
struct TreePlan: Sendable {
    /// Files whose rows are new or may differ.
    var upserts: [TreeEntry] = []
    /// Paths whose rows go away.
    var deletions: [GitPath] = []
    /// Where a file came from, for files that were renamed.
    var origins: [GitPath: GitPath] = [:]

    /// How many rows the plan speaks of.
    var changeCount: Int { upserts.count + deletions.count }

    /// Adds files of rows that must be looked at again, unless the plan speaks of them.
    mutating func add(_ files: [RefFileRecord]) {
        guard !files.isEmpty else { return }
        let known = Set(upserts.map(\.path)).union(deletions)
        upserts += files.filter { !known.contains($0.path) }.map {
            TreeEntry(path: $0.path, oid: $0.oid, mode: $0.mode)
        }
    }

    /// Files of the working tree that were listed and are not there any more.
    func goneFiles(read files: [RefFileRecord]) -> [GitPath] {
        guard files.count < upserts.count else { return [] }
        let known = Set(files.map(\.path))
        return upserts.map(\.path).filter { !known.contains($0) }
    }

    /// Hands the plan over in batches; a renamed file and the path it left are in one.
    func forEachBatch(_ body: (TreePlan) throws -> Void) throws {
        var batcher = PlanBatcher()
        var left = Set(deletions)
        for entry in upserts {
            let origin = origins[entry.path]
            batcher.batch.upserts.append(entry)
            batcher.batch.origins[entry.path] = origin
            if let origin, left.remove(origin) != nil { batcher.batch.deletions.append(origin) }
            try batcher.handOverIfFull(body)
        }
        for path in deletions where left.contains(path) {
            batcher.batch.deletions.append(path)
            try batcher.handOverIfFull(body)
        }
        try batcher.handOver(body)
    }
}
