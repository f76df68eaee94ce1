import Git
import Storage

/// Names what results are that are no files.
struct SyncedItemReader {
    let store: IndexStore

    /// Adds to each result of a synchronised ref which item it is of.
    func name(_ results: inout [SearchResult], in scope: SearchScope) throws {
        var repositories: [String: Int] = [:]
        for ref in scope.refs.values where ref.ref.name.hasPrefix(SyncedRef.prefix) {
            repositories[ref.repository] = ref.ref.repositoryID
        }
        guard !repositories.isEmpty else { return }
        let wanted = results.indices.compactMap { index -> (index: Int, repository: Int)? in
            guard results[index].ref.hasPrefix(SyncedRef.prefix) else { return nil }
            return repositories[results[index].repository].map { (index, $0) }
        }
        let found = try store.syncedItems(
            at: wanted.map { ($0.repository, results[$0.index].path) })
        for (place, item) in zip(wanted, found) { results[place.index].item = item }
    }
}
