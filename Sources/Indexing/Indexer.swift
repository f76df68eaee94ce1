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
        try check(request)
        // Only the name is settled before the lock: the ref may move while this run waits for it.
        let name = try resolve(request).refName
        let (known, movedFrom) = try knownRepository(for: request)
        let id = known.id
        return try store.withRefLock(repository: id, name: name, onWait: saysThatItWaits) {
            let record = try knownRepository(for: request).record
            let target = try resolve(request, named: name)
            let ref = try store.makeRef(named: name, ofRepository: record.id)
            var report = IndexReport(
                repository: record.name, ref: name, from: ref.indexedCommit, to: target.commit)
            report.movedFrom = movedFrom
            report.unmatchedPatterns = try unmatchedPatterns(request, target)
            try follow(target, ref, in: record, request, &report)
            // The index can be searched by now; the digest reads all of it.
            report.duration = clock.now - start
            report.files.skipped = try store.filesLeftOut(ofRefs: [ref.id])[ref.id] ?? 0
            if request.wantsDigest { report.digest = try store.digest(ofRef: ref.id) }
            return report
        }
    }

    /// Refuses patterns that can fit no path.
    private func check(_ request: IndexRequest) throws {
        let patterns = (request.include ?? []) + (request.exclude ?? [])
        guard let pattern = patterns.first(where: { PathPattern($0).isMalformed }) else { return }
        throw IndexingError(
            code: .invalidRequest, message: "the pattern '\(pattern)' is malformed",
            remedy: "close its '[', or write a backslash before a sign that stands for itself")
    }

    /// The patterns of a request that no path of the tree fits.
    private func unmatchedPatterns(
        _ request: IndexRequest, _ target: IndexTarget
    ) throws -> [String] {
        var patterns = ((request.include ?? []) + (request.exclude ?? [])).map { PathPattern($0) }
        guard !patterns.isEmpty else { return [] }
        try target.forEachEntry(in: repository) { entry in
            if !patterns.isEmpty { patterns.removeAll { $0.matches(entry.path) } }
        }
        return patterns.map(\.text)
    }

    /// Tells the user why nothing happens.
    func saysThatItWaits() {
        configuration.progress.stage("waiting for another run of gitdex")
    }

    /// Returns the repository's row, made where there is none, and where the repository was before
    /// when it was moved.
    private func knownRepository(
        for request: IndexRequest
    ) throws -> (record: RepositoryRecord, movedFrom: String?) {
        if let id = request.repository {
            guard let record = try store.repository(id: id) else {
                throw IndexingError(
                    code: .notIndexed, message: "the repository is not connected any more",
                    remedy: "connect it again")
            }
            return (record, nil)
        }
        let url = repository.commonDirectory
        if let record = try store.repository(url: url) { return (record, nil) }
        if let old = try MovedRepository(repository: repository, store: store).adopt(),
            let record = try store.repository(url: url)
        {
            return (record, old)
        }
        let record = try store.createRepository(
            url: url, name: RepositoryName.of(url), include: request.include ?? [],
            exclude: request.exclude ?? [])
        return (record, nil)
    }

    private func follow(
        _ target: IndexTarget, _ ref: RefRecord, in record: RepositoryRecord,
        _ request: IndexRequest, _ report: inout IndexReport
    ) throws {
        let selection = PathSelection(
            include: request.include ?? record.include, exclude: request.exclude ?? record.exclude)
        let rules = IndexRules(
            selection: selection, embedder: configuration.embedder.identity
        ).digest
        // A working tree is listed afresh each time.
        let returned = target.isWorkingTree ? [] : try returnedFiles(of: ref)
        let isThere =
            ref.indexedCommit == target.commit && ref.rulesDigest == rules
            && returned?.isEmpty == true
            && ref.vectorsCommit == target.commit && ref.vectorsEmbedder == embedderID
            && !request.isFull && !target.isWorkingTree
        if isThere {
            try store.setSeenCommit(target.commit, ofRef: ref.id)
            report.files.total = ref.fileCount
            report.chunks.total = ref.chunkCount
            return
        }
        var run = try IndexRun(
            indexer: self, ref: ref, target: target, selection: selection, rulesDigest: rules,
            isFull: request.isFull)
        run.returnedFiles = returned
        run.beforeCommit = request.beforeCommit
        if selection.include != record.include || selection.exclude != record.exclude {
            run.patterns = RefUpdate.Patterns(
                repository: record.id, include: selection.include, exclude: selection.exclude)
        }
        try run.perform(&report)
    }

    /// The files of a ref that were left out as missing and whose objects have come since; nil when
    /// they are too many to list.
    private func returnedFiles(of ref: RefRecord) throws -> [RefFileRecord]? {
        var returned: [RefFileRecord] = []
        try store.forEachMissingFile(ofRef: ref.id) { file in
            if returned.count <= configuration.changesInPlan, repository.hasObject(file.oid) {
                returned.append(file)
            }
        }
        return returned.count > configuration.changesInPlan ? nil : returned
    }
}
