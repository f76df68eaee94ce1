public import GitHub
import Indexing
import Logging
import Postgres
public import Queue
import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads what GitHub has of a repository besides its files, and indexes the texts.
///
/// Payload: `{"repository"}`. Each page is one transaction, so that a job that was cut off goes on
/// where it was. A job that has much to do gives its turn away now and then; one that is told to wait
/// has all of the workspace's jobs for that GitHub wait with it.
public struct SyncJobHandler: JobHandler {
    /// The kind of the jobs.
    public let kind = JobKinds.sync
    private let parts: IndexingParts
    private let access: GitHubAccess?
    private let logger: Logger

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - parts: What is indexed with.
    ///   - access: What speaks to GitHub; nil where none is set up.
    public init(parts: IndexingParts, access: GitHubAccess?) {
        self.parts = parts
        self.access = access
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
            let remotes = RemoteStore(connection: context.connection)
            // One that was disconnected meanwhile has nothing to be read.
            guard
                let repository = try remotes.repository(
                    workspace: lease.job.workspace, id: payload.repository)
            else { return }
            guard let access else {
                throw JobFailure(
                    "no GitHub is set up: start the worker with the settings of the server",
                    retry: true)
            }
            do {
                try synchronise(repository, access, lease, context)
            } catch let error as GitHubError {
                throw try failure(of: error, repository, lease, context)
            }
        }
    }

    private func synchronise(
        _ repository: RemoteRepository, _ access: GitHubAccess, _ lease: JobLease,
        _ context: JobContext
    ) throws {
        guard let fullName = repository.nameAtGitHub(access.settings) else {
            throw JobFailure("\(repository.name) does not lie at GitHub", retry: false)
        }
        let workspace = lease.job.workspace
        try access.withClient(workspace: workspace, on: context.connection) { client in
            let store = SyncedStore(
                connection: context.connection, workspace: workspace, repository: repository.id)
            let writer = try SyncedTextWriter(
                parts: parts, workspace: lease.workspacePublicID, store: store, context: context)
            try writer.renew()
            let run = try SyncRun(
                client: client, repository: fullName, store: store,
                requestedAt: Self.requestedAt(lease))
            let start = ContinuousClock.now
            var items = 0
            while let step = try run.next() {
                try writer.write(step)
                items += step.items.count
                context.progress(done: items, total: items)
                if let rest = step.rest { throw Self.resting(rest) }
                if context.isCancelled { return }
                if start.duration(to: .now) > WorkerLimits.syncTurn {
                    throw JobFailure.later("more is to be read", after: .zero)
                }
            }
            try RemoteStore(connection: context.connection).setSynchronised(
                true, workspace: workspace, id: repository.id)
            logger.info(
                "repository synchronised",
                metadata: [
                    "repository": "\(repository.name)", "items": .stringConvertible(items),
                    "embedded": .stringConvertible(writer.embedded),
                    "job": .stringConvertible(lease.job.id),
                ])
        }
    }

    /// When somebody last asked for the job, by the clock of who asked.
    private static func requestedAt(_ lease: JobLease) -> Timestamp {
        guard let date = (try? JobPayload(lease.job.payload))?.receivedAt else {
            return lease.job.createdAt
        }
        return Timestamp(unixMicroseconds: Int64(date.timeIntervalSince1970 * 1_000_000))
    }

    private static func resting(_ duration: Duration) -> GitHubError {
        GitHubError(
            code: .rateLimited, message: "the requests of this hour are used up",
            remedy: "GitHub is asked again when its limit is refilled", retryAfter: duration)
    }

    /// What becomes of a job that GitHub did not let be done.
    private func failure(
        of error: GitHubError, _ repository: RemoteRepository, _ lease: JobLease,
        _ context: JobContext
    ) throws -> JobFailure {
        let fields: Logger.Metadata = [
            "repository": "\(repository.name)", "why": "\(error.message)",
        ]
        switch error.code {
        case .rateLimited:
            let wait = error.retryAfter ?? WorkerLimits.secondaryLimitPause
            if !lease.job.scope.isEmpty {
                try JobQueue(connection: context.connection).pause(
                    workspace: lease.job.workspace, scope: lease.job.scope, for: wait)
            }
            logger.notice("GitHub is left alone for a while", metadata: fields)
            return .later(error.description, after: wait)
        case .tokenInvalid, .notConnected, .secretUnreadable, .notConfigured, .notFound,
            .forbidden, .gone:
            // Nothing will change by itself: whoever connects it again asks anew.
            try RemoteStore(connection: context.connection).setSynchronised(
                false, workspace: lease.job.workspace, id: repository.id)
            logger.warning("a repository is not synchronised any more", metadata: fields)
            return JobFailure(error.description, retry: false)
        case .privateAddress, .rejected, .stateInvalid, .signInRefused:
            return JobFailure(error.description, retry: false)
        case .unavailable, .malformedAnswer, .cancelled:
            return JobFailure(error.description, retry: true, pause: error.retryAfter)
        }
    }
}

extension RemoteRepository {
    /// Whether the address begins with that of a GitHub, scheme and port included: where its tokens may
    /// go.
    func liesBelow(_ webURL: String) -> Bool {
        url.lowercased().hasPrefix(webURL.lowercased() + "/")
    }

    /// The owner and name of a repository that lies at a GitHub; nil for any other.
    func nameAtGitHub(_ settings: GitHubSettings) -> String? {
        guard let location = RemoteLocation(url), location.host != nil,
            location.host == RemoteLocation(settings.webURL + "/owner/name")?.host
        else { return nil }
        return location.fullName
    }
}
