import Cryptography
import Embedding
import Git
import Storage
import Synchronization
import Threads

/// One comparison of a ref's rows with its tree.
struct VerificationRun {
    let indexer: Indexer
    let ref: RefRecord
    let commit: ObjectID
    let selection: PathSelection
    let repairs: Bool

    func perform() throws -> VerificationReport {
        let store = indexer.store
        let tree = try indexer.repository.tree(of: commit)
        let rules = IndexRules(
            selection: selection, embedder: indexer.configuration.embedder.identity)
        let entries = try selectedEntries(of: tree)
        let digest = try store.digest(ofRef: ref.id)
        let surplus = try surplusRows(beside: entries)
        var repair = RefUpdate(
            ref: ref.id, from: commit, to: commit, tree: tree,
            rulesDigest: rules.digest, vectorsEmbedder: indexer.embedderID)
        let found = try compare(entries, tree: tree)
        var report = VerificationReport(digest: digest, expectedDigest: found.digest)
        report.differences = found.differences
        for path in surplus {
            report.differences.append(
                .init(path: path.description, problem: "is in the index but not in the tree"))
        }
        report.differences.sort { ($0.path, $0.problem) < ($1.path, $1.problem) }
        report.differences.insert(
            contentsOf: refProblems(tree: tree, found: found, rules: repair.rulesDigest), at: 0)
        if repairs, !report.isOK {
            repair.upserts = found.files
            repair.deletions = surplus
            let update = repair
            try store.transaction { try store.repair(update) }
            report.repairedDigest = try store.digest(ofRef: ref.id)
        }
        return report
    }

    private func selectedEntries(of tree: ObjectID) throws -> [TreeEntry] {
        var entries: [TreeEntry] = []
        try indexer.repository.forEachEntry(in: tree) { entry in
            if selection.contains(entry.path) { entries.append(entry) }
        }
        return entries
    }

    /// The paths of rows that the tree does not have.
    private func surplusRows(beside entries: [TreeEntry]) throws -> [GitPath] {
        var surplus: [GitPath] = []
        var rows = RefFileCursor(store: indexer.store, ref: ref.id)
        var next = entries.startIndex
        while let row = try rows.peek() {
            while next < entries.endIndex, entries[next].path < row.path { next += 1 }
            if next == entries.endIndex || entries[next].path != row.path {
                surplus.append(row.path)
            }
            rows.advance()
        }
        return surplus
    }

    /// What is wrong with the ref's own row.
    private func refProblems(
        tree: ObjectID, found: Findings, rules: [UInt8]
    ) -> [VerificationReport.Difference] {
        var problems: [String] = []
        if ref.indexedTree != tree { problems.append("the ref names another tree") }
        if ref.rulesDigest != rules {
            problems.append("the ref was indexed by other rules; run 'gitdex index'")
        }
        if ref.vectorsCommit != commit || ref.vectorsEmbedder != indexer.embedderID {
            problems.append("the vectors are behind")
        }
        if ref.fileCount != found.fileCount { problems.append("the number of files is wrong") }
        if ref.chunkCount != found.chunkCount { problems.append("the number of chunks is wrong") }
        return problems.map { .init(path: "", problem: $0) }
    }

    // MARK: Comparison by several threads

    /// What the threads found.
    struct Findings {
        var digest: SHA256Digest
        var differences: [VerificationReport.Difference] = []
        /// File rows to write.
        var files: [RefFileRecord] = []
        var fileCount = 0
        var chunkCount = 0
    }

    private func compare(_ entries: [TreeEntry], tree: ObjectID) throws -> Findings {
        let configuration = indexer.configuration
        let batches = FileBatches(
            fileCount: entries.count, threads: configuration.threads,
            progress: configuration.progress)
        let results = Mutex(
            [FileComparison.Result?](repeating: nil, count: batches.batchCount))
        let path = indexer.repository.gitDirectory
        let context = RunContext(
            grammars: configuration.grammars, embedder: configuration.embedder,
            embedderID: indexer.embedderID, beganEmpty: false, ignoresStoredBlobs: true)
        let refID = ref.id
        let repairs = repairs
        try batches.run {
            let repository = try Repository(at: path)
            repository.verifiesObjects = true
            let comparison = FileComparison(
                expected: try ExpectedFiles(context: context, repository: repository, tree: tree),
                store: try configuration.openStore(), ref: refID, embedder: context.embedderID,
                repairs: repairs)
            return { number, range in
                let result = try comparison.compare(entries[range])
                results.withLock { $0[number] = result }
            }
        }
        return Self.merge(results.withLock { $0.compactMap { $0 } })
    }

    private static func merge(_ results: [FileComparison.Result]) -> Findings {
        var hasher = SHA256Hasher()
        var findings = Findings(digest: .of(UnsafeRawBufferPointer(start: nil, count: 0)))
        for result in results {
            hasher.update(result.digestLines)
            findings.differences += result.differences
            findings.files += result.files
            findings.fileCount += result.fileCount
            findings.chunkCount += result.chunkCount
        }
        findings.digest = hasher.finalize()
        return findings
    }
}
