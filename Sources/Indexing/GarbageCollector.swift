import Git
public import Storage

/// Drops refs that are gone, and then what no ref needs.
public struct GarbageCollector {
    /// What was dropped.
    public struct Counts: Sendable {
        /// Refs whose branch, tag or commit is gone.
        public var refs = 0
        /// The content that no ref holds.
        public var content = CollectionCounts()
    }

    private let store: IndexStore
    private let progress: any IndexProgress

    /// Makes a collector.
    ///
    /// - Parameters:
    ///   - store: The index's tables.
    ///   - progress: Who hears what the collector waits for and does.
    public init(store: IndexStore, progress: any IndexProgress = NoProgress()) {
        self.store = store
        self.progress = progress
    }

    /// Drops what nobody needs, while nobody indexes.
    ///
    /// - Parameter name: A repository that is forgotten altogether, or nil.
    /// - Returns: What was dropped.
    /// - Throws: ``StorageError`` when there is no such repository, or what the database said.
    public func collect(forgetting name: String? = nil) throws -> Counts {
        try store.withCollectionLock(onWait: { progress.stage("waiting for a running index") }) {
            var counts = Counts()
            progress.stage("dropping refs that are gone")
            if let name {
                guard let record = try store.repository(named: name) else {
                    throw StorageError(
                        code: .notFound, message: "no repository is named '\(name)'",
                        remedy: "list them with 'gitdex status'")
                }
                counts.refs += try store.refs(ofRepository: record.id).count
                try store.deleteRepository(record.id)
            }
            for record in try store.repositories() {
                counts.refs += try dropLostRefs(of: record)
            }
            progress.stage("dropping what no ref needs")
            counts.content = try store.collectGarbage()
            return counts
        }
    }

    private func dropLostRefs(of record: RepositoryRecord) throws -> Int {
        // A folder that cannot be opened may come back.
        guard let repository = try? Repository(at: record.url) else { return 0 }
        var dropped = 0
        for ref in try store.refs(ofRepository: record.id) where isLost(ref, in: repository) {
            try store.deleteRef(ref.id)
            dropped += 1
        }
        return dropped
    }

    /// A commit without a branch that nobody asked for in this time is dropped.
    private static let commitLifetimeDays = 30

    /// Whether a ref's branch or tag is gone, the working tree, or the interest in a commit.
    private func isLost(_ ref: RefRecord, in repository: Repository) -> Bool {
        if ref.name.hasPrefix(Indexer.workingTreePrefix) {
            let directory = String(ref.name.dropFirst(Indexer.workingTreePrefix.count))
            return (try? Repository(at: directory)) == nil
        }
        if !ref.name.hasPrefix("refs/"), ref.daysSinceSeen > Double(Self.commitLifetimeDays) {
            if case .detached(let commit)? = try? repository.head(), commit.hex == ref.name {
                return false
            }
            return true
        }
        do {
            _ = try repository.resolve(ref.name)
            return false
        } catch {
            return error.code == .notFound
        }
    }
}
