import Cryptography
import Git
import Storage

/// Counts what a run changed, for its report.
struct ChangeSummary {
    let store: IndexStore
    /// The rows that the changed paths had before.
    let before: [GitPath: RefFileRecord]
    let plan: TreePlan
    /// The chunks that the changed files had, read before anything is written.
    private let hashesBefore: [BlobKey: [SHA256Digest]]

    init(store: IndexStore, before: [GitPath: RefFileRecord], plan: TreePlan) throws {
        self.store = store
        self.before = before
        self.plan = plan
        hashesBefore = try store.chunkHashes(
            of: Array(Set(before.values.compactMap(\.blobKey))))
    }

    func add(to report: inout IndexReport, after: [RefFileRecord]) throws {
        let renamedFrom = Set(plan.origins.values)
        for file in after {
            if file.skippedReason != nil { report.files.skipped += 1 }
            if plan.origins[file.path] != nil {
                report.files.renamed += 1
            } else if let old = before[file.path] {
                if old != file { report.files.modified += 1 }
            } else {
                report.files.added += 1
            }
        }
        report.files.deleted += plan.deletions.filter { !renamedFrom.contains($0) }.count
        if before.isEmpty, after.count == report.files.total {
            // All that the ref has is new, so nothing need be compared.
            report.chunks.added = report.chunks.total
            return
        }
        try addChunks(to: &report, after: after)
    }

    /// Compares the chunks of each file with those it had, wherever it stood.
    private func addChunks(to report: inout IndexReport, after: [RefFileRecord]) throws {
        let hashes = try store.chunkHashes(of: Array(Set(after.compactMap(\.blobKey))))
        var settled: Set<GitPath> = []
        for file in after {
            let origin = plan.origins[file.path] ?? file.path
            settled.insert(origin)
            let old = before[origin].flatMap(\.blobKey).flatMap { hashesBefore[$0] } ?? []
            let new = file.blobKey.flatMap { hashes[$0] } ?? []
            let reused = Self.commonCount(old, new)
            report.chunks.reused += reused
            report.chunks.added += new.count - reused
            report.chunks.removed += old.count - reused
        }
        for path in plan.deletions where !settled.contains(path) {
            report.chunks.removed +=
                before[path].flatMap(\.blobKey).flatMap { hashesBefore[$0]?.count } ?? 0
        }
    }

    private static func commonCount(_ left: [SHA256Digest], _ right: [SHA256Digest]) -> Int {
        var counts: [SHA256Digest: Int] = [:]
        for hash in left { counts[hash, default: 0] += 1 }
        var common = 0
        for hash in right where counts[hash, default: 0] > 0 {
            counts[hash, default: 0] -= 1
            common += 1
        }
        return common
    }
}
