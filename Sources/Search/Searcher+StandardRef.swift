public import Storage

extension Searcher {
    /// Returns the ref of a repository that a search answers from which names none.
    ///
    /// - Parameters:
    ///   - name: The repository's name.
    ///   - store: The index's tables.
    /// - Returns: The remote's default branch, or the ref indexed last; nil where none is indexed.
    /// - Throws: What the database said.
    public static func standardRef(
        ofRepository name: String, in store: IndexStore
    ) throws -> RefRecord? {
        let refs = try store.searchableRefs(repository: name)
            .filter { !$0.ref.name.hasPrefix(SyncedRef.prefix) }
        return ScopeResolver(store: store).latest(of: refs).first?.ref
    }
}
