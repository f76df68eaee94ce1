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
    /// Files that were left out as missing and whose objects have come since; nil when they are too
    /// many to list.
    var returnedFiles: [RefFileRecord]? = []
    /// New patterns of the repository's paths.
    var patterns: RefUpdate.Patterns?
    /// Runs last in the transaction that moves the ref, which it can undo.
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
        rules = try target.rules(in: indexer.repository)
        context = RunContext(
            grammars: indexer.configuration.grammars, embedder: indexer.configuration.embedder,
            embedderID: indexer.embedderID, beganEmpty: try indexer.store.holdsNoContents(),
            ignoresStoredBlobs: isFull)
    }

    func perform(_ report: inout IndexReport) throws {
        let seed = try findSeed()
        let base = seed ?? ref
        let plan = try makePlan(base: base)
        var update = RefUpdate(
            ref: ref.id, from: ref.indexedCommit, to: target.commit, tree: target.tree,
            rulesDigest: rulesDigest, vectorsEmbedder: indexer.embedderID)
        update.patterns = patterns
        update.recounts = isFull || base.rulesDigest != rulesDigest
        update.seed = seed.flatMap { seed in
            seed.indexedCommit.map { RefUpdate.Seed(ref: seed.id, commit: $0) }
        }
        let changes: ChangeSummary.Counts
        let counts: (files: Int, chunks: Int)
        if let plan, try isSmall(plan) {
            (changes, counts) = try performAtOnce(plan, base: base, &update)
        } else {
            (changes, counts) = try performInParts(plan, base: base, update)
        }
        report.embedded = context.embedded
        report.unreadable = context.unreadable.paths
        fill(&report, changes, counts, base: base, hasSeed: seed != nil)
    }

    private func fill(
        _ report: inout IndexReport, _ changes: ChangeSummary.Counts,
        _ counts: (files: Int, chunks: Int), base: RefRecord, hasSeed: Bool
    ) {
        report.files = changes.files
        report.chunks = changes.chunks
        report.files.total = counts.files
        report.chunks.total = counts.chunks
        if base.indexedCommit == nil { report.chunks.added = counts.chunks }
        if hasSeed {
            report.files = .init()
            report.files.added = counts.files
            report.files.total = counts.files
            report.chunks.reused = counts.chunks - report.chunks.added
            report.chunks.removed = 0
        }
    }

    // MARK: Plan

    /// Another ref of the repository, made by the same rules, that a ref without rows begins with:
    /// of those asked for last, the one whose tree is most alike.
    private func findSeed() throws -> RefRecord? {
        guard ref.indexedCommit == nil, !isFull else { return nil }
        let candidates = try indexer.store.refs(ofRepository: ref.repositoryID).filter { other in
            other.id != ref.id && other.fileCount > 0 && isMadeAlike(other)
                && !other.name.hasPrefix(Indexer.workingTreePrefix)
                && other.indexedTree.map { indexer.repository.hasObject($0) } ?? false
        }
        var best = candidates.first
        var limit = indexer.configuration.changesInPlan
        for candidate in candidates.prefix(IndexLimits.seedCandidates) {
            let changes = try indexer.repository.diff(
                from: candidate.indexedTree, to: target.tree, renames: false, limit: limit)
            guard let count = changes?.count else { continue }
            best = candidate
            if count == 0 { break }
            limit = count - 1
        }
        return best
    }

    /// Whether a ref's rows were made by the rules and the model of this run.
    private func isMadeAlike(_ other: RefRecord) -> Bool {
        other.rulesDigest == rulesDigest && other.vectorsEmbedder == indexer.embedderID
    }

    private var planner: Planner {
        Planner(
            repository: indexer.repository, store: indexer.store, selection: selection,
            limit: indexer.configuration.changesInPlan)
    }

    private func comparison(with base: RefRecord) -> Planner.Comparison {
        Planner.Comparison(
            ref: base, target: target, rules: rules,
            trustsRows: isMadeAlike(base) && !isFull)
    }

    /// The changes, or nil where they are too many to be listed.
    private func makePlan(base: RefRecord) throws -> TreePlan? {
        guard let returnedFiles else { return nil }
        var plan: TreePlan?
        if !isFull, isMadeAlike(base), !target.isWorkingTree, let tree = base.indexedTree,
            !base.name.hasPrefix(Indexer.workingTreePrefix), indexer.repository.hasObject(tree)
        {
            plan = try planner.plan(from: tree, to: target.tree)
        }
        plan = try plan ?? planner.plan(by: comparison(with: base))
        plan?.add(returnedFiles)
        return plan
    }

    private func isSmall(_ plan: TreePlan) throws -> Bool {
        let limit = indexer.configuration.filesInOneTransaction
        guard plan.upserts.count <= limit else { return false }
        var bytes = 0
        for entry in plan.upserts where entry.mode != .submodule {
            // A file that is too large is not read, and one that is missing takes no room.
            let size =
                target.workingPaths.contains(entry.path)
                ? try? indexer.repository.workingFileSize(entry.path)
                : try? indexer.repository.blobSize(entry.oid)
            bytes += min(size ?? 0, IndexLimits.fileSizeBytes)
            if bytes > IndexLimits.bytesInOneTransaction { return false }
        }
        return true
    }

    // MARK: A small change: everything in one transaction, on this thread

    private func performAtOnce(
        _ plan: TreePlan, base: RefRecord, _ update: inout RefUpdate
    ) throws -> (ChangeSummary.Counts, (files: Int, chunks: Int)) {
        let store = indexer.store
        let summary = try ChangeSummary(of: plan, base: rowsOf(base), store: store)
        let worker = ContentWorker(
            context: context,
            source: ContentSource(
                repository: indexer.repository, workingPaths: target.workingPaths,
                unreadable: context.unreadable),
            rules: rules, store: store)
        var batch = ContentBatch()
        try worker.process(plan.upserts) { output in
            update.upserts += output.files
            batch.blobs += output.batch.blobs
            batch.contents += output.batch.contents
            batch.embeddings += output.batch.embeddings
        }
        update.deletions = plan.deletions + plan.goneFiles(read: update.upserts)
        update.pathWords = PathWordRows(paths: plan.upserts.map(\.path))
        // A first load that was cut off may have left the tables without them.
        try store.makeSearchIndexes()
        let finished = update
        let content = batch
        let counts = try store.transaction {
            try write(content, store)
            let counts = try store.apply(finished)
            try beforeCommit?(store)
            return counts
        }
        return (try summary.counts(after: update.upserts), counts)
    }

    private func write(_ batch: ContentBatch, _ store: IndexStore) throws {
        if isFull {
            try store.replaceTexts(of: batch, embedder: indexer.embedderID)
        } else {
            try store.writeTexts(of: batch, embedder: indexer.embedderID, isNew: false)
        }
        try store.writeBlobs(of: batch, isNew: false)
    }

    /// The ref that a plan's paths are compared with, where it has rows.
    private func rowsOf(_ base: RefRecord) -> Int? {
        base.indexedCommit == nil ? nil : base.id
    }

    // MARK: A large change: content first, as it comes, then the ref in one transaction

    private func performInParts(
        _ plan: TreePlan?, base: RefRecord, _ update: RefUpdate
    ) throws -> (ChangeSummary.Counts, (files: Int, chunks: Int)) {
        let store = indexer.store
        let progress = indexer.configuration.progress
        if context.beganEmpty { try store.dropSearchIndexes() }
        let staging = try store.beginStaging()
        defer { staging.end() }
        let changes = try load(plan, base: base, into: staging)
        progress.stage("building search indexes")
        try store.makeSearchIndexes()
        progress.stage("moving the ref")
        let counts = try store.transaction {
            let counts = try store.apply(update, staged: staging)
            try beforeCommit?(store)
            return counts
        }
        // Old statistics make searches slower and nothing wrong.
        try? store.refreshStatistics()
        return (changes, counts)
    }

    /// Loads the content of the files that differ, and sends their rows to the server.
    private func load(
        _ plan: TreePlan?, base: RefRecord, into staging: StagedFiles
    ) throws -> ChangeSummary.Counts {
        let progress = indexer.configuration.progress
        progress.begin(total: try plan?.changeCount ?? planner.fileCount(of: target))
        let pipeline = ContentPipeline(
            context: context, repositoryPath: indexer.repository.gitDirectory, target: target,
            openStore: indexer.configuration.openStore,
            threads: indexer.configuration.threads, base: rowsOf(base))
        var changes = ChangeSummary.Counts()
        var done = 0
        var settled = 0
        try pipeline.load { handOver in
            if let plan { return try plan.forEachBatch(handOver) }
            try findBatches(base: base, handOver) { settled += 1 }
        } take: { loaded in
            try staging.add(loaded.files, deletions: loaded.deletions)
            changes += loaded.counts
            done += loaded.files.count + (plan == nil ? 0 : loaded.deletions.count)
            progress.advance(to: done + settled)
        }
        try staging.send()
        return changes
    }

    /// Finds the files that differ once more, where they were too many to be listed.
    private func findBatches(
        base: RefRecord, _ handOver: (TreePlan) throws -> Void, onSettledFile: () -> Void
    ) throws {
        var batcher = PlanBatcher()
        try planner.forEachDifference(by: comparison(with: base)) { difference in
            switch difference {
            case .upsert(let entry): batcher.batch.upserts.append(entry)
            case .deletion(let path): batcher.batch.deletions.append(path)
            case nil: onSettledFile()
            }
            try batcher.handOverIfFull(handOver)
        }
        try batcher.handOver(handOver)
    }
}
