public import Git
public import Storage

extension MirrorCache {
    /// Reads a connected repository that holds a commit, fetching a ref where its mirror lacks it.
    ///
    /// No job of this host uses the mirror meanwhile.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - commit: The commit that is to be there.
    ///   - ref: The full name of the ref that is fetched for it.
    ///   - access: How the remote is spoken to.
    ///   - onFetch: Called before the remote is asked.
    ///   - body: What to do with the mirror.
    /// - Returns: What `body` returns.
    /// - Throws: ``WorkerError`` with code `mirrorBusy` when a job uses the mirror, or `commitGone`
    ///   when the remote has the commit no more; what git says; what `body` throws.
    public func reading<R>(
        _ repository: RemoteRepository, at commit: ObjectID, of ref: String,
        by access: RemoteAccess, onFetch: () -> Void = {}, _ body: (Repository) throws -> R
    ) throws -> R {
        let key = Key(workspace: repository.workspace, repository: repository.id)
        return try use(key, isCancelled: { false }) { mirror in
            if let known = try? mirror.repository(), known.hasObject(commit) {
                return try body(known)
            }
            onFetch()
            let options = try access.options(for: repository) { false }
            _ = try mirror.fetch([ref], from: repository.url, options: options)
            let fetched = try mirror.repository()
            guard fetched.hasObject(commit) else {
                throw WorkerError(
                    code: .commitGone,
                    message: "the remote of \(repository.name) does not show the commit "
                        + "\(commit.hex) any more, at which \(ref) is indexed",
                    remedy: "run it again once the ref was indexed anew: see 'gitdex jobs list'")
            }
            return try body(fetched)
        }
    }
}
