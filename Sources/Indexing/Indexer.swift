import Chunking
import Cryptography
import Embedding
public import Git
public import Storage
import Syntax

/// Makes a ref's index equal a tree of its repository, doing what the difference costs.
///
/// Blocks its thread on git and the database, so it belongs on a thread of its own.
public final class Indexer {
    let repository: Repository
    let store: IndexStore
    let configuration: IndexerConfiguration
    let embedderID: Int

    /// Makes an indexer of one repository.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - store: The index's tables.
    ///   - configuration: The parts to work with.
    /// - Throws: What the database said.
    public init(
        repository: Repository, store: IndexStore, configuration: IndexerConfiguration
    ) throws {
        self.repository = repository
        self.store = store
        self.configuration = configuration
        let identity = configuration.embedder.identity
        embedderID = try store.embedderID(
            provider: identity.provider, model: identity.model, revision: identity.revision,
            dimensions: identity.dimensions, tokenLimit: identity.tokenLimit)
    }

    /// Brings the index to what a request names.
    ///
    /// - Parameter request: What is to be indexed.
    /// - Returns: What was done.
    /// - Throws: ``IndexingError``, or what git, the database or the embedder said. The index then
    ///   is what it was before.
    public func index(_ request: IndexRequest) throws -> IndexReport {
        let clock = ContinuousClock()
        let start = clock.now
        let target = try resolve(request)
        let record = try repositoryRecord(for: request)
        let selection = PathSelection(include: record.include, exclude: record.exclude)
        var report = try store.withRefLock(repository: record.id, name: target.refName) {
            try follow(target, in: record, selection: selection, isFull: request.isFull)
        }
        // The index can be searched by now; the digest reads all of it.
        report.duration = clock.now - start
        if request.wantsDigest {
            let ref = try store.makeRef(named: target.refName, ofRepository: record.id)
            report.digest = try store.digest(ofRef: ref.id)
        }
        return report
    }

    /// Returns the repository's row, making it, and changing its patterns, as a request says.
    private func repositoryRecord(for request: IndexRequest) throws -> RepositoryRecord {
        let url = repository.commonDirectory
        var record =
            try store.repository(url: url)
            ?? store.createRepository(
                url: url, name: RepositoryName.of(repository), include: request.include ?? [],
                exclude: request.exclude ?? [])
        let include = request.include ?? record.include
        let exclude = request.exclude ?? record.exclude
        if include != record.include || exclude != record.exclude {
            try store.setPatterns(ofRepository: record.id, include: include, exclude: exclude)
            record.include = include
            record.exclude = exclude
        }
        return record
    }

    private func follow(
        _ target: IndexTarget, in record: RepositoryRecord, selection: PathSelection, isFull: Bool
    ) throws -> IndexReport {
        let ref = try store.makeRef(named: target.refName, ofRepository: record.id)
        let rules = IndexRules(
            selection: selection, embedder: configuration.embedder.identity
        ).digest
        var report = IndexReport(
            repository: record.name, ref: target.refName, from: ref.indexedCommit,
            to: target.commit)
        let isThere =
            ref.indexedCommit == target.commit && ref.rulesDigest == rules
            && ref.vectorsCommit == target.commit && !isFull && !target.isWorkingTree
        if isThere {
            report.files.total = ref.fileCount
            report.chunks.total = ref.chunkCount
            return report
        }
        let run = try IndexRun(
            indexer: self, ref: ref, target: target, selection: selection, rulesDigest: rules,
            isFull: isFull)
        try run.perform(&report)
        return report
    }
}
