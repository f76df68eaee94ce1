public import Storage

/// Says of every indexed ref what it holds and how far it is behind.
public struct StatusReader {
    /// The state of one ref.
    public struct Status: Sendable {
        /// The row of the ref.
        public var ref: RefRecord
        /// How far the index is behind the repository.
        public var freshness: Freshness
    }

    private let store: IndexStore

    /// Makes a reader.
    ///
    /// - Parameter store: The index's tables.
    public init(store: IndexStore) {
        self.store = store
    }

    /// Returns the state of a repository's refs, the one indexed last first.
    ///
    /// - Parameter repository: The repository.
    /// - Returns: The refs that stand at a commit.
    /// - Throws: What the database said.
    public func statuses(of repository: RepositoryRecord) throws -> [Status] {
        let refs = try store.refs(ofRepository: repository.id)
            .filter { $0.indexedCommit != nil }
        let scope = SearchScope(
            refs.map {
                SearchableRef(ref: $0, repository: repository.name, url: repository.url)
            })
        let leftOut = try store.filesLeftOut(ofRefs: scope.order)
        let freshness = FreshnessReader(store: store).freshness(of: scope, leftOut: leftOut)
        return zip(refs, freshness).map { Status(ref: $0, freshness: $1) }
    }
}
