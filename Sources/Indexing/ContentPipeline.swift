import Git
import Postgres
import Storage
import Synchronization
import Syntax
import Threads

/// Brings the content of many files into the database with several threads.
///
/// Content is committed as it comes: nobody sees it before a ref names it, and a run that was cut
/// off finds it there. Memory holds one batch a thread, however large the repository is.
struct ContentPipeline: Sendable {
    let context: RunContext
    let repositoryPath: String
    let tree: ObjectID
    let workingPaths: Set<GitPath>
    let openStore: @Sendable () throws -> IndexStore
    let threads: Int
    let progress: any IndexProgress

    /// Writes the content of `entries`.
    ///
    /// - Returns: The rows of the files, in the order of `entries`.
    func load(_ entries: [TreeEntry]) throws -> [RefFileRecord] {
        let batches = FileBatches(
            fileCount: entries.count, threads: threads, progress: progress)
        let results = Mutex([[RefFileRecord]](repeating: [], count: batches.batchCount))
        do {
            try batches.run {
                let worker = try makeWorker()
                return { number, range in
                    try worker.process(entries[range]) { output in
                        try write(output, with: worker.store)
                        results.withLock { $0[number] += output.files }
                    }
                }
            }
        } catch {
            context.texts.abandon()
            throw error
        }
        return results.withLock { $0.flatMap { $0 } }
    }

    private func makeWorker() throws -> ContentWorker {
        let repository = try Repository(at: repositoryPath)
        return ContentWorker(
            context: context,
            source: ContentSource(repository: repository, workingPaths: workingPaths),
            rules: try TreeRules(repository: repository, tree: tree), store: try openStore())
    }

    private func write(_ output: ContentWorker.Output, with store: IndexStore) throws {
        let batch = output.batch
        if !batch.contents.isEmpty || !batch.embeddings.isEmpty {
            try copyingIfPossible { copying in
                try store.transaction {
                    if context.ignoresStoredBlobs {
                        try store.replaceTexts(of: batch, embedder: context.embedderID)
                    } else {
                        try store.writeTexts(
                            of: batch, embedder: context.embedderID, copying: copying)
                    }
                }
            }
        }
        context.texts.markWritten(output.claimed)
        guard !batch.blobs.isEmpty, context.texts.waitUntilWritten(output.awaited) else { return }
        try copyingIfPossible { copying in
            try store.transaction { try store.writeBlobs(of: batch, copying: copying) }
        }
    }

    /// Tries COPY where the tables were empty, and the careful way where another process has
    /// begun to fill them too.
    private func copyingIfPossible(_ write: (Bool) throws -> Void) throws {
        guard context.beganEmpty else { return try write(false) }
        do {
            try write(true)
        } catch let error as PostgresError where error.code == .uniqueViolation {
            try write(false)
        }
    }
}
