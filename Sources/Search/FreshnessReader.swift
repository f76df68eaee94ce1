import Git
import Storage

/// Finds out how far the indexed refs are behind their repositories.
struct FreshnessReader {
    let store: IndexStore

    /// The state of the refs of a scope.
    ///
    /// Those of repositories on this machine are looked up in git, the others as they were last
    /// seen. A working tree's files are all looked at.
    func freshness(of scope: SearchScope, leftOut: [Int: Int]) -> [Freshness] {
        var opened: [String: Repository] = [:]
        // Of no weight for an answer: without it, they count as alike.
        let others = (try? store.refsOfOtherRules(among: scope.order)) ?? []
        return scope.order.compactMap { id in
            guard let ref = scope.refs[id], let indexed = ref.ref.indexedCommit,
                !ref.ref.name.hasPrefix(SyncedRef.prefix)
            else { return nil }
            let place = Self.workingTree(of: ref.ref) ?? ref.url
            var repository = opened[place]
            if repository == nil, opened.count < SearchLimits.openedRepositories,
                place.hasPrefix("/")
            {
                repository = try? Repository(at: place)
                opened[place] = repository
            }
            let current = current(ref.ref, in: repository)
            let seen = current ?? ref.ref.seenCommit ?? indexed
            return Freshness(
                repository: ref.repository, ref: ref.ref.name, indexedCommit: indexed,
                seenCommit: seen,
                behind: isLost(ref, current, in: repository)
                    ? nil : distance(indexed, seen, in: repository),
                changedFiles: changedFiles(ref.ref, in: repository),
                filesLeftOut: leftOut[id] ?? 0, hasOtherRules: others.contains(id))
        }
    }

    private func current(_ ref: RefRecord, in repository: Repository?) -> ObjectID? {
        guard let repository else { return nil }
        if Self.workingTree(of: ref) != nil { return repository.headCommit }
        guard ref.name.hasPrefix("refs/") else { return nil }
        return try? repository.resolve(ref.name).commit
    }

    /// The folder of the working tree that a ref stands for, or nil.
    private static func workingTree(of ref: RefRecord) -> String? {
        guard ref.name.hasPrefix(ScopeResolver.workingTreePrefix) else { return nil }
        return String(ref.name.dropFirst(ScopeResolver.workingTreePrefix.count))
    }

    private func changedFiles(_ ref: RefRecord, in repository: Repository?) -> Int? {
        guard let repository, Self.workingTree(of: ref) != nil else { return nil }
        return try? WorkingTreeComparison(store: store, repository: repository).changedFiles(
            of: ref)
    }

    /// Whether the branch, tag or working tree is gone, or the folder of its repository.
    private func isLost(
        _ ref: SearchableRef, _ current: ObjectID?, in repository: Repository?
    ) -> Bool {
        guard ref.url.hasPrefix("/") else { return false }
        if Self.workingTree(of: ref.ref) != nil { return current == nil }
        return ref.ref.name.hasPrefix("refs/") && current == nil
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

extension Repository {
    /// The commit that HEAD names, no object's id before the first one, or nil where it cannot be
    /// read.
    fileprivate var headCommit: ObjectID? {
        switch try? head() {
        case .branch(_, let commit), .detached(let commit): commit
        case .unborn: ObjectID.none
        case nil: nil
        }
    }
}
