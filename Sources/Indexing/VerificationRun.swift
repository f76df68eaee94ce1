import Cryptography
import Embedding
import Git
import Storage

/// One comparison of a ref's rows with its tree.
struct VerificationRun {
    let indexer: Indexer
    let ref: RefRecord
    /// What the index is compared with.
    let target: IndexTarget
    let selection: PathSelection
    let repairs: Bool

    func perform() throws -> VerificationReport {
        let store = indexer.store
        let rules = IndexRules(
            selection: selection, embedder: indexer.configuration.embedder.identity)
        let repair = RefUpdate(
            ref: ref.id, from: ref.indexedCommit, to: target.commit, tree: target.tree,
            rulesDigest: rules.digest, vectorsEmbedder: indexer.embedderID)
        let digest = try store.digest(ofRef: ref.id)
        let staging = repairs ? try store.beginStaging() : nil
        defer { staging?.end() }
        let found = try compare(staging)
        var report = VerificationReport(
            digest: digest, expectedDigest: found.digest)
        report.differences = found.differences.sorted {
            ($0.path, $0.problem) < ($1.path, $1.problem)
        }
        let ofRef = refProblems(
            fileCount: found.fileCount, chunkCount: found.chunkCount,
            rules: repair.rulesDigest)
        if ref.indexedCommit == nil {
            // That says it all: there is nothing whose files could be right or wrong.
            report.differences = ofRef
            report.differenceCount = ofRef.count
        } else {
            report.differences.insert(contentsOf: ofRef, at: 0)
            report.differenceCount = found.differenceCount + ofRef.count
        }
        if let staging, !report.isOK {
            try staging.send()
            try store.transaction { try store.repair(repair, staged: staging) }
            if ref.indexedCommit != target.commit {
                try store.setSeenCommit(target.commit, ofRef: ref.id)
            }
            report.repairedDigest = try store.digest(ofRef: ref.id)
        }
        return report
    }

    /// What is wrong with the ref's own row.
    private func refProblems(
        fileCount: Int, chunkCount: Int, rules: [UInt8]
    ) -> [VerificationReport.Difference] {
        var problems: [String] = []
        guard let indexed = ref.indexedCommit else {
            return [.init(path: "", problem: "the ref is not indexed; run 'gitdex index'")]
        }
        if indexed != target.commit {
            problems.append(
                ref.name.hasPrefix(Indexer.workingTreePrefix)
                    ? "the working tree is of another commit now"
                    : "the indexed commit \(indexed.hex) is not in the repository, where the ref "
                        + "stands at \(target.commit.hex) now")
        } else if ref.indexedTree != target.tree {
            problems.append("the ref names another tree")
        }
        if ref.rulesDigest != rules {
            problems.append("the ref was indexed by other rules; run 'gitdex index'")
        }
        if ref.vectorsCommit != ref.indexedCommit || ref.vectorsEmbedder != indexer.embedderID {
            problems.append("the vectors are behind")
        }
        if ref.fileCount != fileCount { problems.append("the number of files is wrong") }
        if ref.chunkCount != chunkCount { problems.append("the number of chunks is wrong") }
        return problems.map { .init(path: "", problem: $0) }
    }

    // MARK: Comparison by several threads

    /// What was found so far.
    private struct Findings {
        var digest: SHA256Digest
        /// The first differences.
        var differences: [VerificationReport.Difference] = []
        var differenceCount = 0
        var fileCount = 0
        var chunkCount = 0

        mutating func add(_ new: [VerificationReport.Difference]) {
            differenceCount += new.count
            differences += new.prefix(IndexLimits.listedDifferences - differences.count)
        }
    }

    /// Files that stand next to each other in the tree, and rows that stand among them without a
    /// file.
    private struct Batch {
        var entries: [TreeEntry] = []
        var surplus: [GitPath] = []
    }

    private func compare(_ staging: StagedFiles?) throws -> Findings {
        let progress = indexer.configuration.progress
        let planner = Planner(
            repository: indexer.repository, store: indexer.store, selection: selection)
        progress.begin(total: try planner.fileCount(of: target))
        var hasher = SHA256Hasher()
        var findings = Findings(
            digest: .of(UnsafeRawBufferPointer(start: nil, count: 0)))
        try workers().run { handOver in
            try forEachBatch(handOver)
        } take: { (batch, result) in
            hasher.update(result.digestLines)
            findings.add(result.differences)
            let surplus = batch.surplus + result.gone
            findings.add(
                surplus.map {
                    .init(path: $0.description, problem: "is in the index but not in the tree")
                })
            findings.fileCount += result.fileCount
            findings.chunkCount += result.chunkCount
            try staging?.add(result.files, deletions: surplus)
            progress.advance(to: findings.fileCount)
        }
        findings.digest = hasher.finalize()
        return findings
    }

    private func workers() -> WorkStream<Batch, (Batch, FileComparison.Result)> {
        let configuration = indexer.configuration
        let path = indexer.repository.gitDirectory
        let context = RunContext(
            grammars: configuration.grammars, embedder: configuration.embedder,
            embedderID: indexer.embedderID, beganEmpty: false, ignoresStoredBlobs: true)
        let refID = ref.id
        let (repairs, target) = (repairs, target)
        return WorkStream(
            threads: configuration.threads,
            piecesPerThread: IndexLimits.verifiedBatchesPerThread
        ) {
            let repository = try Repository(at: path)
            repository.verifiesObjects = true
            let comparison = FileComparison(
                expected: try ExpectedFiles(
                    context: context, repository: repository, target: target),
                store: try configuration.openStore(), ref: refID, embedder: context.embedderID,
                repairs: repairs)
            return { batch in (batch, try comparison.compare(batch.entries)) }
        }
    }

    /// Walks the tree and the ref's rows side by side.
    private func forEachBatch(
        _ handOver: (Batch) throws -> Void
    ) throws {
        var batch = Batch()
        var rows = RefFileCursor(store: indexer.store, ref: ref.id)
        func handOverIfFull() throws {
            guard batch.entries.count + batch.surplus.count >= IndexLimits.filesPerBatch else {
                return
            }
            let full = batch
            batch = Batch()
            try handOver(full)
        }
        func takeSurplus(before path: GitPath?) throws {
            while let row = try rows.peek(), path.map({ row.path < $0 }) ?? true {
                batch.surplus.append(row.path)
                rows.advance()
                try handOverIfFull()
            }
        }
        try target.forEachEntry(in: indexer.repository) { entry in
            guard selection.contains(entry.path) else { return }
            try takeSurplus(before: entry.path)
            if let row = try rows.peek(), row.path == entry.path { rows.advance() }
            batch.entries.append(entry)
            try handOverIfFull()
        }
        try takeSurplus(before: nil)
        try handOver(batch)
    }
}
