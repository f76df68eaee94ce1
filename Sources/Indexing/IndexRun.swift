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
        let plan = try makePlan()
        let before = try rowsBefore(plan)
        var update = RefUpdate(
            ref: ref.id, from: ref.indexedCommit, to: target.commit, tree: target.tree,
            rulesDigest: rulesDigest, vectorsComplete: true)
        update.deletions = plan.deletions
        let counts: (files: Int, chunks: Int)
        if plan.upserts.count <= IndexLimits.filesInOneTransaction {
            counts = try performAtOnce(plan, &update)
        } else {
            counts = try performInParts(plan, &update)
        }
        report.embedded = context.embedded
        report.files.total = counts.files
        report.chunks.total = counts.chunks
        try ChangeSummary(store: indexer.store, before: before, plan: plan)
            .add(to: &report, after: update.upserts)
    }

    // MARK: Plan

    private func makePlan() throws -> TreePlan {
        let planner = Planner(
            repository: indexer.repository, store: indexer.store, selection: selection)
        var plan: TreePlan?
        let rulesAreSame = ref.rulesDigest == rulesDigest
        if !isFull, rulesAreSame, !target.isWorkingTree, let tree = ref.indexedTree,
            indexer.repository.hasObject(tree)
        {
            plan = try planner.plan(from: tree, to: target.tree)
        }
        return try plan
            ?? planner.plan(
                comparing: ref, with: target, rules: rules,
                trustsRows: rulesAreSame && !isFull)
    }

    /// The rows, as they are now, of the paths that change.
    private func rowsBefore(_ plan: TreePlan) throws -> [GitPath: RefFileRecord] {
        guard ref.fileCount > 0 else { return [:] }
        let paths = plan.upserts.map(\.path) + plan.deletions
        return try indexer.store.files(ofRef: ref.id, at: paths)
            .reduce(into: [:]) { $0[$1.path] = $1 }
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
        update.pathTokens = newPathTokens(plan)
        // A first load that was killed may have left the tables without them.
        if ref.fileCount == 0 { try store.makeSearchIndexes() }
        let finished = update
        return try store.transaction {
            try store.writeTexts(of: batch, embedder: indexer.embedderID, copying: false)
            try store.writeBlobs(of: batch, copying: false)
            return try store.apply(finished)
        }
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
        update.pathTokens = newPathTokens(plan)
        progress.stage("building search indexes")
        try store.makeSearchIndexes()
        let finished = update
        let counts = try store.transaction { try store.apply(finished) }
        try store.refreshStatistics()
        return counts
    }

    private func newPathTokens(_ plan: TreePlan) -> [(path: GitPath, tokens: [UInt8])] {
        let words = Words()
        return plan.upserts.map { ($0.path, words.tokens(of: $0.path.bytes)) }
    }
}
