import Git
import Storage

/// One run: from a ref's rows to a target.
struct IndexRun {
    private let indexer: Indexer
    private let ref: RefRecord
    private let target: IndexTarget
    private let selection: PathSelection
    private let rulesDigest: [UInt8]
    private let isFull: Bool
    private let rules: TreeRules
    private let context: RunContext
    /// Files that were left out as missing and whose objects have come since.
    var returnedFiles: [RefFileRecord] = []
    /// New patterns of the repository's paths.
    var patterns: RefUpdate.Patterns?
    /// Runs first in the transaction that moves the ref.
    var beforeCommit: (@Sendable (IndexStore) throws -> Void)?

    init(
        indexer: Indexer, ref: RefRecord, target: IndexTarget, selection: PathSelection,
        rulesDigest: [UInt8], isFull: Bool
    ) throws {
        self.indexer = indexer
        self.ref = ref
        self.target = target
        self.selection = selection
        self.rulesDigest = rulesDigest
        self.isFull = isFull
        rules = try TreeRules(repository: indexer.repository, tree: target.tree)
        context = RunContext(
            grammars: indexer.configuration.grammars, embedder: indexer.configuration.embedder,
            embedderID: indexer.embedderID, beganEmpty: try indexer.store.holdsNoContents(),
            ignoresStoredBlobs: isFull)
    }

    func perform(_ report: inout IndexReport) throws {
        let seed = try findSeed()
        let plan = try makePlan(seed: seed)
        let before = try rowsBefore(plan, seed: seed)
        var update = RefUpdate(
            ref: ref.id, from: ref.indexedCommit, to: target.commit, tree: target.tree,
            rulesDigest: rulesDigest, vectorsEmbedder: indexer.embedderID)
        update.deletions = plan.deletions
        update.patterns = patterns
        update.recounts = isFull || (seed ?? ref).rulesDigest != rulesDigest
        update.seed = seed.flatMap { seed in
            seed.indexedCommit.map { RefUpdate.Seed(ref: seed.id, commit: $0) }
        }
        let summary = try ChangeSummary(store: indexer.store, before: before, plan: plan)
        let counts =
            try isSmall(plan) ? performAtOnce(plan, &update) : performInParts(plan, &update)
        report.embedded = context.embedded
        report.files.total = counts.files
        report.chunks.total = counts.chunks
        try summary.add(to: &report, after: update.upserts)
        if seed != nil {
            report.files.added = counts.files
            report.files.modified = 0
            report.files.deleted = 0
            report.files.renamed = 0
            report.chunks.reused = counts.chunks - report.chunks.added
            report.chunks.removed = 0
        }
    }

    // MARK: Plan

    /// Another ref of the repository, made by the same rules, that a ref without rows begins with.
    private func findSeed() throws -> RefRecord? {
        guard ref.indexedCommit == nil, !isFull else { return nil }
        return try indexer.store.refs(ofRepository: ref.repositoryID).first { other in
            other.id != ref.id && other.fileCount > 0 && isMadeAlike(other)
                && !other.name.hasPrefix(Indexer.workingTreePrefix)
                && other.indexedTree.map { indexer.repository.hasObject($0) } ?? false
        }
    }

    /// Whether a ref's rows were made by the rules and the model of this run.
    private func isMadeAlike(_ other: RefRecord) -> Bool {
        other.rulesDigest == rulesDigest && other.vectorsEmbedder == indexer.embedderID
    }

    private func makePlan(seed: RefRecord?) throws -> TreePlan {
        let planner = Planner(
            repository: indexer.repository, store: indexer.store, selection: selection)
        let base = seed ?? ref
        let rulesAreSame = isMadeAlike(base)
        var plan: TreePlan?
        if !isFull, rulesAreSame, !target.isWorkingTree, let tree = base.indexedTree,
            !base.name.hasPrefix(Indexer.workingTreePrefix), indexer.repository.hasObject(tree)
        {
            plan = try planner.plan(from: tree, to: target.tree)
        }
        var whole =
            try plan
            ?? planner.plan(
                comparing: base, with: target, rules: rules,
                trustsRows: rulesAreSame && !isFull)
        whole.add(returnedFiles)
        return whole
    }

    /// The rows, as they are now, of the paths that change.
    private func rowsBefore(
        _ plan: TreePlan, seed: RefRecord?
    ) throws -> [GitPath: RefFileRecord] {
        let base = seed ?? ref
        guard base.indexedCommit != nil else { return [:] }
        let paths = plan.upserts.map(\.path) + plan.deletions
        return try indexer.store.files(ofRef: base.id, at: paths)
            .reduce(into: [:]) { $0[$1.path] = $1 }
    }

    private func isSmall(_ plan: TreePlan) throws -> Bool {
        guard plan.upserts.count <= IndexLimits.filesInOneTransaction else { return false }
        var bytes = 0
        for entry in plan.upserts where entry.mode != .submodule {
            // A file that is too large is not read, and one that is missing takes no room.
            let size =
                target.workingPaths.contains(entry.path)
                ? try indexer.repository.workingFileSize(entry.path)
                : try? indexer.repository.blobSize(entry.oid)
            bytes += min(size ?? 0, IndexLimits.fileSizeBytes)
            if bytes > IndexLimits.bytesInOneTransaction { return false }
        }
        return true
    }

    // MARK: Ways

    /// A small change: everything in one transaction, on this thread.
    private func performAtOnce(
        _ plan: TreePlan, _ update: inout RefUpdate
    ) throws -> (files: Int, chunks: Int) {
        let store = indexer.store
        let worker = ContentWorker(
            context: context,
            source: ContentSource(
                repository: indexer.repository, workingPaths: target.workingPaths),
            rules: rules, store: store)
        var batch = ContentBatch()
        try worker.process(plan.upserts) { output in
            update.upserts += output.files
            batch.blobs += output.batch.blobs
            batch.contents += output.batch.contents
            batch.embeddings += output.batch.embeddings
        }
        update.pathWords = pathWords(plan)
        // A first load that was cut off may have left the tables without them.
        try store.makeSearchIndexes()
        let finished = update
        let content = batch
        return try store.transaction {
            try beforeCommit?(store)
            try write(content, store)
            return try store.apply(finished)
        }
    }

    private func write(_ batch: ContentBatch, _ store: IndexStore) throws {
        if isFull {
            try store.replaceTexts(of: batch, embedder: indexer.embedderID)
        } else {
            try store.writeTexts(of: batch, embedder: indexer.embedderID, copying: false)
        }
        try store.writeBlobs(of: batch, copying: false)
    }

    /// A large change: content first, as it comes, then the ref in one transaction.
    private func performInParts(
        _ plan: TreePlan, _ update: inout RefUpdate
    ) throws -> (files: Int, chunks: Int) {
        let store = indexer.store
        let progress = indexer.configuration.progress
        if context.beganEmpty { try store.dropSearchIndexes() }
        let pipeline = ContentPipeline(
            context: context, repositoryPath: indexer.repository.gitDirectory, tree: target.tree,
            workingPaths: target.workingPaths, openStore: indexer.configuration.openStore,
            threads: indexer.configuration.threads, progress: progress)
        update.upserts = try pipeline.load(plan.upserts)
        update.pathWords = pathWords(plan)
        progress.stage("building search indexes")
        try store.makeSearchIndexes()
        let finished = update
        let counts = try store.transaction {
            try beforeCommit?(store)
            return try store.apply(finished)
        }
        // Old statistics make searches slower and nothing wrong.
        try? store.refreshStatistics()
        return counts
    }

    private func pathWords(_ plan: TreePlan) -> PathWordRows {
        let words = Words()
        return PathWordRows(
            version: Words.version,
            rows: plan.upserts.map { ($0.path, words.tokens(of: $0.path.bytes)) })
    }
}
