import Git
import Logging
public import Queue
import Storage

/// Compares all refs of a remote with the index, and queues a job for each that differs.
///
/// Payload: `{"repository"}`. Costs one listing of the remote's refs where nothing differs; where much
/// differs, the objects are fetched at once, so that the jobs for the refs find them here.
public struct RepositoryJobHandler: JobHandler {
    /// The kind of the jobs.
    public let kind = JobKinds.repository
    /// The refs that are not the default one come after pushes.
    private static let latePriority = 150

    private let access: RemoteAccess
    private let mirrors: MirrorCache
    private let logger = Logger(label: "gitdex.worker")

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - access: How remotes are spoken to.
    ///   - mirrors: Where objects are fetched to.
    public init(access: RemoteAccess, mirrors: MirrorCache) {
        self.access = access
        self.mirrors = mirrors
    }

    /// Does a job.
    ///
    /// - Parameters:
    ///   - lease: The job and the right to run it.
    ///   - context: What it works with.
    /// - Throws: `JobFailure` in the user's words.
    public func run(_ lease: JobLease, _ context: JobContext) throws {
        try FailureText.inUsersWords(of: lease, on: context.connection) {
            let payload = try JobPayload(lease.job.payload)
            let remotes = RemoteStore(connection: context.connection)
            guard
                let repository = try remotes.repository(
                    workspace: lease.job.workspace, id: payload.repository)
            else { return }
            try compare(repository, lease, context)
        }
    }

    private func compare(
        _ repository: RemoteRepository, _ lease: JobLease, _ context: JobContext
    ) throws {
        let control = context.control
        let options = try access.options(for: repository, on: context.connection) {
            control.isCancelled
        }
        let store = try IndexStore(
            connection: context.connection, workspace: lease.workspacePublicID)
        guard let listing = try listing(of: repository, options) else {
            try dropAll(of: repository, store, context)
            return
        }
        let key = MirrorCache.Key(workspace: lease.job.workspace, repository: repository.id)
        let remotes = RemoteStore(connection: context.connection)
        let indexed = try store.refs(ofRepository: repository.id)
        let followed = FollowedRefs(
            remote: listing.references,
            indexed: Dictionary(indexed.map { ($0.name, $0.indexedCommit) }) { $1 },
            openHeads: Set(
                try remotes.openPullRequests(
                    workspace: lease.job.workspace, repository: repository.id
                ).map(\.ref)),
            closedHeads: Set(
                try indexed.map(\.name).filter {
                    try FollowedRefs.isClosedPullRequest($0, of: repository, remotes)
                }),
            commit: mirrors.commits(of: key), isKnownAsNoCommit: mirrors.knownAsNoCommit(of: key))
        let names = askable(followed.different(defaultRef: listing.head), of: repository)
        try prefetch(names.filter { followed.remote[$0] != nil }, repository, key, options, context)
        try store.transaction {
            try store.setSeenCommits(
                indexed.compactMap { ref in
                    guard let commit = followed.remoteCommit(of: ref.name),
                        commit != ref.seenCommit
                    else { return nil }
                    return (ref, commit)
                })
            try enqueue(names, first: listing.head, of: repository, context)
            try remotes.markReconciled(repository, defaultRef: listing.head)
            try context.checkLease(on: context.connection)
        }
        if !names.isEmpty {
            logger.info(
                "refs differ from their remote",
                metadata: [
                    "repository": "\(repository.name)", "refs": .stringConvertible(names.count),
                ])
        }
    }

    /// The refs that a job can be about; a name of enormous length must not hold up the others.
    private func askable(_ names: [String], of repository: RemoteRepository) -> [String] {
        names.filter { name in
            if JobRequest.ref(name, ofRepository: repository.id).isWithinLimits { return true }
            logger.warning(
                "a ref is left out because its name is too long",
                metadata: ["repository": "\(repository.name)", "ref": "\(name.prefix(200))"])
            return false
        }
    }

    private func enqueue(
        _ names: [String], first: String?, of repository: RemoteRepository, _ context: JobContext
    ) throws {
        let queue = JobQueue(connection: context.connection)
        var rest = names[...]
        while !rest.isEmpty {
            _ = try queue.enqueue(
                rest.prefix(JobQueue.batchLimit).map { name in
                    var request = JobRequest.ref(name, ofRepository: repository.id)
                    if name != first { request.priority = Self.latePriority }
                    return (repository.workspace, request)
                })
            rest = rest.dropFirst(JobQueue.batchLimit)
        }
    }

    /// Gets the objects of many refs at once.
    private func prefetch(
        _ names: [String], _ repository: RemoteRepository, _ key: MirrorCache.Key,
        _ options: RemoteOptions, _ context: JobContext
    ) throws {
        guard names.count > 1 else { return }
        let control = context.control
        var options = options
        options.progress = { received, total in
            control.progress(done: received, total: total)
            return !control.isCancelled
        }
        let reporting = options
        do {
            try mirrors.use(key, isCancelled: { control.isCancelled }) { mirror in
                _ = try WorkSpan.remote("fetch", repository: repository.name) {
                    try mirror.fetch(names, from: repository.url, options: reporting)
                }
            }
        } catch let error as WorkerError where error.code == .mirrorBusy {
            // The jobs for the refs fetch what they need.
        }
    }

    private struct Listing {
        let head: String?
        let references: [String: ObjectID]
    }

    /// The remote's refs; nil when the provider said that the repository is gone or hidden, and the
    /// remote does not answer to us either.
    private func listing(
        of repository: RemoteRepository, _ options: RemoteOptions
    ) throws -> Listing? {
        do {
            let (head, references) = try Remote.references(at: repository.url, options: options)
            return Listing(
                head: head, references: Dictionary(references.map { ($0.name, $0.oid) }) { $1 })
        } catch {
            guard repository.isAccessDoubted,
                error.code == .notFound || error.code == .authenticationFailed
            else { throw error }
            return nil
        }
    }

    private func dropAll(
        of repository: RemoteRepository, _ store: IndexStore, _ context: JobContext
    ) throws {
        let refs = try store.refs(ofRepository: repository.id)
        for ref in refs {
            try store.withRefLock(repository: repository.id, name: ref.name) {
                try store.transaction {
                    try store.deleteRef(ref.id)
                    try context.checkLease(on: store.connection)
                }
            }
        }
        mirrors.remove(
            MirrorCache.Key(workspace: repository.workspace, repository: repository.id))
        logger.notice(
            "the repository is gone or hidden: its refs were dropped",
            metadata: [
                "repository": "\(repository.name)", "refs": .stringConvertible(refs.count),
            ])
    }
}
