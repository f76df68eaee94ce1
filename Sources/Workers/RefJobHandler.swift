import Git
import Indexing
import Logging
import Metrics
public import Queue
import Storage

/// Brings a ref of the index to where the remote has it, or drops it when the remote has it no more.
///
/// Payload: `{"repository", "ref"}`, and of a push also `"before"`, `"after"` and `"received_at"`. What
/// a push says is a hint: it tells how long to wait for a remote that lags, never what to index.
public struct RefJobHandler: JobHandler {
    /// The kind of the jobs.
    public let kind = JobKinds.ref
    private let parts: IndexingParts
    private let access: RemoteAccess
    private let mirrors: MirrorCache
    private let logger: Logger

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - parts: What is indexed with.
    ///   - access: How remotes are spoken to.
    ///   - mirrors: Where objects are fetched to.
    public init(parts: IndexingParts, access: RemoteAccess, mirrors: MirrorCache) {
        self.parts = parts
        self.access = access
        self.mirrors = mirrors
        logger = Logger(label: "gitdex.worker")
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
            guard let ref = payload.ref else { throw WorkerError.noRef }
            let remotes = RemoteStore(connection: context.connection)
            // One that was disconnected meanwhile has no rows to bring forward, and a local one is
            // indexed from where it lies.
            guard
                let repository = try remotes.repository(
                    workspace: lease.job.workspace, id: payload.repository)
            else { return }
            let control = context.control
            let run = RefRun(
                repository: repository, ref: ref, payload: payload, lease: lease, context: context,
                parts: parts,
                options: try access.options(
                    for: repository, on: context.connection
                ) { control.isCancelled })
            if try FollowedRefs.isClosedPullRequest(ref, of: repository, remotes) {
                try run.drop()
                logger.info("ref of a closed pull request dropped", metadata: fields(run))
            } else {
                try bring(run)
            }
        }
    }

    /// Fetches and indexes; again with a mirror made anew when this one was damaged or removed.
    private func bring(_ run: RefRun) throws {
        let key = MirrorCache.Key(
            workspace: run.lease.job.workspace, repository: run.repository.id)
        try mirrors.use(key, isCancelled: { run.context.isCancelled }) { mirror in
            for attempt in 1... {
                do {
                    return note(run, try run.bring(from: mirror))
                } catch let damage as RefRun.DamagedMirror {
                    logger.warning(
                        "a mirror is made anew", metadata: fields(run, ["why": "\(damage.cause)"]))
                    mirror.discard()
                    guard attempt < WorkerLimits.mirrorAttempts else {
                        throw WorkerError(
                            code: .mirrorUnusable,
                            message: "the mirror of \(run.repository.name) was damaged or removed "
                                + "each time it was read (\(damage.cause.message))",
                            remedy: "it is tried again by itself; leave the mirrors alone meanwhile"
                        )
                    }
                }
            }
        }
    }

    private func note(_ run: RefRun, _ outcome: RefRun.Outcome) {
        guard case .indexed(let report) = outcome else {
            logger.info("ref dropped", metadata: fields(run))
            return
        }
        if report.from != report.to, let seconds = run.secondsSincePush {
            Metrics.Timer(label: WorkerMetrics.pushSeconds).recordSeconds(seconds)
        }
        let milliseconds = Int(report.duration / .milliseconds(1))
        logger.info(
            "ref indexed",
            metadata: fields(
                run,
                [
                    "commit": "\(report.to)", "embedded": .stringConvertible(report.embedded),
                    "milliseconds": .stringConvertible(milliseconds),
                ]))
    }

    private func fields(_ run: RefRun, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        more.merging([
            "repository": "\(run.repository.name)", "ref": "\(run.ref)",
            "job": .stringConvertible(run.lease.job.id),
        ]) { $1 }
    }
}
