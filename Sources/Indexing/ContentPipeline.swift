import Git
import Postgres
import Storage

/// Brings the content of many files into the database with several threads.
///
/// Content is committed as it comes: nobody sees it before a ref names it, and a run that was cut
/// off finds it there. Memory holds a few batches a thread, however large the repository is.
struct ContentPipeline: Sendable {
    /// A batch whose content is in the database.
    struct Loaded: Sendable {
        /// The rows of the batch's files.
        var files: [RefFileRecord] = []
        /// The paths that the batch takes out.
        var deletions: [GitPath]
        /// What the batch changes.
        var counts: ChangeSummary.Counts
    }

    let context: RunContext
    let repositoryPath: String
    let target: IndexTarget
    let openStore: @Sendable () throws -> IndexStore
    let threads: Int
    /// The ref that the files are compared with, to count what changed.
    let base: Int?

    /// Writes the content of files, and the words of their paths.
    ///
    /// - Parameters:
    ///   - find: Hands over the batches, on the calling thread.
    ///   - take: Gets each batch when its content is written, on the calling thread.
    /// - Throws: What git, the database, the embedder, `find` or `take` said.
    func load(
        find: (_ handOver: (TreePlan) throws -> Void) throws -> Void,
        take: (Loaded) throws -> Void
    ) throws {
        let stream = WorkStream<TreePlan, Loaded>(
            threads: threads, piecesPerThread: IndexLimits.batchesPerThread
        ) {
            let worker = try makeWorker()
            return { batch in
                do {
                    return try load(batch, with: worker)
                } catch {
                    context.abandon()
                    throw error
                }
            }
        }
        try stream.run(find: find, take: take)
    }

    private func makeWorker() throws -> ContentWorker {
        let repository = try Repository(at: repositoryPath)
        return ContentWorker(
            context: context,
            source: ContentSource(
                repository: repository, workingPaths: target.workingPaths,
                unreadable: context.unreadable),
            rules: try target.rules(in: repository), store: try openStore())
    }

    private func load(_ batch: TreePlan, with worker: ContentWorker) throws -> Loaded {
        let summary = try ChangeSummary(of: batch, base: base, store: worker.store)
        var loaded = Loaded(deletions: batch.deletions, counts: .init())
        try worker.process(batch.upserts) { output in
            try write(output, with: worker.store)
            loaded.files += output.files
        }
        loaded.deletions += batch.goneFiles(read: loaded.files)
        loaded.counts = try summary.counts(after: loaded.files)
        return loaded
    }

    private func write(_ output: ContentWorker.Output, with store: IndexStore) throws {
        let batch = output.batch
        if !batch.contents.isEmpty || !batch.embeddings.isEmpty {
            try newIfPossible { isNew in
                try store.transaction {
                    if context.ignoresStoredBlobs {
                        try store.replaceTexts(of: batch, embedder: context.embedderID)
                    } else {
                        try store.writeTexts(
                            of: batch, embedder: context.embedderID, isNew: isNew)
                    }
                }
            }
        }
        context.texts.markWritten(output.claimed)
        guard batch.blobs.isEmpty || context.texts.waitUntilWritten(output.awaited) else { return }
        let words = PathWordRows(paths: output.files.map(\.path))
        try newIfPossible { isNew in
            try store.transaction {
                try store.writeBlobs(of: batch, isNew: isNew)
                try store.writePathWords(words)
            }
        }
        context.blobs.markWritten(output.claimedBlobs)
    }

    /// Takes the quick way where the tables were empty, and the careful one where another process has
    /// begun to fill them too.
    private func newIfPossible(_ write: (Bool) throws -> Void) throws {
        guard context.beganEmpty else { return try write(false) }
        do {
            try write(true)
        } catch let error as PostgresError where error.code == .uniqueViolation {
            try write(false)
        }
    }
}
