import Git
import Storage

/// Which refs of a remote the index follows, and where they differ from it.
///
/// All branches; tags where there are few, else those that are indexed; heads of pull requests that
/// are open; and whatever is indexed already.
struct FollowedRefs {
    /// Where the remote has its refs.
    let remote: [String: ObjectID]
    /// Where the index has its refs; nil for one that was begun and has no commit yet.
    let indexed: [String: ObjectID?]
    /// The heads of the pull requests that are known and open.
    let openHeads: Set<String>
    /// Those of indexed refs that are heads of pull requests known to be closed.
    let closedHeads: Set<String>
    /// The commit that an object of the remote stands for, where that can be known here.
    let commit: (ObjectID) -> ObjectID?
    /// Whether an object of the remote is here and stands for no commit: a tag of a tree or a file.
    let isKnownAsNoCommit: (ObjectID) -> Bool

    /// The names of the refs that differ, the default branch first.
    func different(defaultRef: String?) -> [String] {
        var names = indexed.keys.filter { name in
            name.hasPrefix("refs/") && !isSame(name)
        }
        let unknown = remote.keys.filter { indexed[$0] == nil }
        names += unknown.filter { $0.hasPrefix(Self.branches) }.sorted()
            .prefix(WorkerLimits.branches)
        let tags = remote.keys.filter { $0.hasPrefix(Self.tags) }
        if tags.count <= WorkerLimits.tags {
            names += tags.filter { name in
                indexed[name] == nil && !(remote[name].map(isKnownAsNoCommit) ?? false)
            }
        }
        names += unknown.filter { openHeads.contains($0) }
        if let defaultRef, remote[defaultRef] != nil, indexed[defaultRef] == nil,
            !names.contains(defaultRef)
        {
            names.append(defaultRef)
        }
        return names.sorted { ($0 == defaultRef ? 0 : 1, $0) < ($1 == defaultRef ? 0 : 1, $1) }
    }

    /// Where the remote has a ref, as a commit; nil where that cannot be known here.
    func remoteCommit(of name: String) -> ObjectID? {
        guard let there = remote[name] else { return nil }
        return name.hasPrefix(Self.branches) ? there : commit(there)
    }

    private func isSame(_ name: String) -> Bool {
        guard !closedHeads.contains(name), let there = remote[name],
            let here = indexed[name] ?? nil
        else { return false }
        return there == here || commit(there) == here
    }

    private static let branches = "refs/heads/"
    private static let tags = "refs/tags/"

    /// Whether a ref is the head of a pull request that is known to be closed.
    static func isClosedPullRequest(
        _ ref: String, of repository: RemoteRepository, _ remotes: RemoteStore
    ) throws -> Bool {
        guard let number = PullRequestRecord.number(ofRef: ref) else { return false }
        let known = try remotes.pullRequest(
            number, workspace: repository.workspace, repository: repository.id)
        return known?.isOpen == false
    }
}
