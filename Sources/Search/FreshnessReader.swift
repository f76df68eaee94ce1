import Git
import Storage

/// Finds out how far the indexed refs are behind their repositories.
struct FreshnessReader {
    let store: IndexStore

    /// The state of the refs of a scope; those of repositories on this machine are looked up in
    /// git, the others as they were last seen.
    func freshness(of scope: SearchScope, leftOut: [Int: Int]) -> [Freshness] {
        var opened: [String: Repository] = [:]
        return scope.order.compactMap { id in
            guard let ref = scope.refs[id], let indexed = ref.ref.indexedCommit else { return nil }
            var repository = opened[ref.url]
            if repository == nil, opened.count < SearchLimits.openedRepositories,
                ref.url.hasPrefix("/")
            {
                repository = try? Repository(at: ref.url)
                opened[ref.url] = repository
            }
            let current = current(ref.ref, in: repository)
            let seen = current ?? ref.ref.seenCommit ?? indexed
            return Freshness(
                repository: ref.repository, ref: ref.ref.name, indexedCommit: indexed,
                seenCommit: seen,
                behind: isLost(ref, current, in: repository)
                    ? nil : distance(indexed, seen, in: repository),
                filesLeftOut: leftOut[id] ?? 0)
        }
    }

    private func current(_ ref: RefRecord, in repository: Repository?) -> ObjectID? {
        guard let repository, ref.name.hasPrefix("refs/") else { return nil }
        return try? repository.resolve(ref.name).commit
    }

    /// Whether the branch or tag is gone, or the folder of its repository.
    private func isLost(
        _ ref: SearchableRef, _ current: ObjectID?, in repository: Repository?
    ) -> Bool {
        guard ref.url.hasPrefix("/"), ref.ref.name.hasPrefix("refs/") else { return false }
        return current == nil
    }

    /// How many commits lie between: those the index lacks, or, where the ref moved back, those it
    /// has too many.
    private func distance(
        _ indexed: ObjectID, _ seen: ObjectID, in repository: Repository?
    ) -> Int? {
        if indexed == seen { return 0 }
        guard let repository,
            let lacking = try? repository.commitCount(from: indexed, to: seen)
        else { return nil }
        return lacking > 0 ? lacking : try? repository.commitCount(from: seen, to: indexed)
    }
}
