import Cryptography
import Git
import Storage

/// Counts what a plan, or a part of one, changes.
struct ChangeSummary {
    /// The numbers of a report.
    struct Counts: Sendable {
        var files = IndexReport.Files()
        var chunks = IndexReport.Chunks()

        static func += (left: inout Counts, right: Counts) {
            left.files.added += right.files.added
            left.files.modified += right.files.modified
            left.files.deleted += right.files.deleted
            left.files.renamed += right.files.renamed
            left.chunks.added += right.chunks.added
            left.chunks.removed += right.chunks.removed
            left.chunks.reused += right.chunks.reused
        }
    }

    private let store: IndexStore
    private let plan: TreePlan
    /// Whether nothing is compared, because all is new.
    private let isFirst: Bool
    /// The rows that the plan's paths had before.
    private let before: [GitPath: RefFileRecord]
    /// The chunks that those files had, read before anything is written.
    private let hashesBefore: [BlobKey: [SHA256Digest]]

    /// Reads what the plan's paths hold now.
    ///
    /// - Parameters:
    ///   - plan: What changes.
    ///   - base: The number of the ref that the plan begins with; nil when there is none. Chunks are
    ///     not counted then: all that the ref will have are new.
    ///   - store: The index's tables.
    /// - Throws: What the database said.
    init(of plan: TreePlan, base: Int?, store: IndexStore) throws {
        self.store = store
        self.plan = plan
        isFirst = base == nil
        guard let base else {
            before = [:]
            hashesBefore = [:]
            return
        }
        let paths = plan.upserts.map(\.path) + plan.deletions
        before = try store.files(ofRef: base, at: paths).reduce(into: [:]) { $0[$1.path] = $1 }
        hashesBefore = try store.chunkHashes(
            of: Array(Set(before.values.compactMap(\.blobKey))))
    }

    /// The numbers, once the content of the files is written.
    ///
    /// - Parameter after: The rows that the plan's files have now.
    /// - Returns: The numbers; the totals are left out.
    /// - Throws: What the database said.
    func counts(after: [RefFileRecord]) throws -> Counts {
        var counts = Counts()
        let renamedFrom = Set(plan.origins.values)
        for file in after {
            if plan.origins[file.path] != nil {
                counts.files.renamed += 1
            } else if let old = before[file.path] {
                if old != file { counts.files.modified += 1 }
            } else {
                counts.files.added += 1
            }
        }
        counts.files.deleted = plan.deletions.filter { !renamedFrom.contains($0) }.count
        if !isFirst { counts.chunks = try chunkCounts(after: after) }
        return counts
    }

    /// Compares the chunks of each file with those it had, wherever it stood.
    private func chunkCounts(after: [RefFileRecord]) throws -> IndexReport.Chunks {
        var counts = IndexReport.Chunks()
        let hashes = try store.chunkHashes(of: Array(Set(after.compactMap(\.blobKey))))
        var settled: Set<GitPath> = []
        for file in after {
            let origin = plan.origins[file.path] ?? file.path
            settled.insert(origin)
            let old = before[origin].flatMap(\.blobKey).flatMap { hashesBefore[$0] } ?? []
            let new = file.blobKey.flatMap { hashes[$0] } ?? []
            let reused = Self.commonCount(old, new)
            counts.reused += reused
            counts.added += new.count - reused
            counts.removed += old.count - reused
        }
        for path in plan.deletions where !settled.contains(path) {
            counts.removed +=
                before[path].flatMap(\.blobKey).flatMap { hashesBefore[$0]?.count } ?? 0
        }
        return counts
    }

    private static func commonCount(_ left: [SHA256Digest], _ right: [SHA256Digest]) -> Int {
        if left == right { return left.count }
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
