import Git
import Indexing
import Logging
import Metrics
import Postgres
import Queue
import Storage
import Threads

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run of a job about a ref.
struct RefRun {
    /// What became of the ref.
    enum Outcome {
        case dropped
        case indexed(IndexReport)
    }

    /// The mirror lost objects while it was read.
    struct DamagedMirror: Error {
        let cause: GitError
    }

    let repository: RemoteRepository
    let ref: String
    let payload: JobPayload
    let lease: JobLease
    let context: JobContext
    let parts: IndexingParts
    let options: RemoteOptions

    /// Fetches the ref and indexes it, or drops it where the remote has it no more.
    ///
    /// - Throws: ``DamagedMirror`` when it is worth trying again with a mirror made anew.
    func bring(from mirror: MirrorUse) throws -> Outcome {
        let (head, isShown) = try mending { () throws in
            let head = try fetch(mirror)
            return (head, !isAwaited(head, try mirror.repository()))
        }
        let outcome: Outcome
        if let head {
            outcome = try index(head, in: mirror)
        } else {
            try drop()
            outcome = .dropped
            // Another one is the default branch now, which only the remote can tell.
            if ref == repository.defaultRef {
                try JobQueue(connection: context.connection).enqueue([
                    (repository.workspace, .repository(repository.id))
                ])
            }
        }
        if !isShown {
            // Not in the slot, which other jobs need meanwhile.
            throw JobFailure.later(
                "the remote does not show the commit of the last push to \(ref) yet: it is looked "
                    + "for again by itself",
                after: WorkerLimits.visibilityPause(after: secondsAwaited))
        }
        return outcome
    }

    /// Runs what reads the mirror, of which any part may be removed at any time.
    private func mending<R>(_ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as GitError {
            switch error.code {
            case .corruptObject, .notARepository: throw DamagedMirror(cause: error)
            default: throw error
            }
        }
    }

    /// How long ago the push was received that asked for the job; nil when none did.
    var secondsSincePush: Double? {
        guard payload.after != nil || payload.receivedAt != nil else { return nil }
        let asked = Double(lease.job.createdAt.unixMicroseconds) / 1e6
        let received = payload.receivedAt?.timeIntervalSince1970 ?? asked
        return max(0, Date().timeIntervalSince1970 - received)
    }

    // MARK: Fetching

    private func fetch(_ mirror: MirrorUse) throws -> ObjectID? {
        let start = ContinuousClock.now
        let heads = try WorkSpan.remote("fetch", repository: repository.name) {
            try mirror.fetch([ref], from: repository.url, options: options)
        }
        Metrics.Timer(label: WorkerMetrics.fetchSeconds).record(duration: .now - start)
        return heads[ref]
    }

    /// Whether a push names a commit that the remote does not show yet.
    ///
    /// A remote that has moved past the push shows its commit in what was fetched. One that was
    /// forced elsewhere meanwhile does not. It stands neither where the push found it nor where it
    /// left it then, which a copy of the remote that lags may do as well, but not for long.
    func isAwaited(_ head: ObjectID?, _ mirror: Repository) -> Bool {
        guard let hint = payload.after, secondsAwaited <= WorkerLimits.visibilitySeconds else {
            return false
        }
        guard let after = ObjectID(hex: hint), after.bytes.contains(where: { $0 != 0 }) else {
            // The push says that the ref is gone.
            return head != nil && head?.hex == payload.before
        }
        guard let head else { return true }
        if head == after { return false }
        if head.hex == payload.before { return true }
        return !mirror.hasObject(after) && secondsAwaited <= WorkerLimits.elsewhereSeconds
    }

    /// For how long the push has been waited for.
    private var secondsAwaited: Double { secondsSincePush ?? 0 }

    // MARK: Indexing

    private func index(_ head: ObjectID, in mirror: MirrorUse) throws -> Outcome {
        let store = try IndexStore(
            connection: context.connection, workspace: lease.workspacePublicID)
        var request = IndexRequest()
        request.revision = ref
        request.repository = repository.id
        let lease = lease
        let guarding = MirrorGuard(mirror.path, head)
        request.beforeCommit = { store in
            try guarding.check()
            try JobQueue(connection: store.connection).checkLease(lease)
        }
        do {
            let indexer = try Indexer(
                repository: try mirror.repository(), store: store,
                configuration: parts.configuration(
                    workspace: lease.workspacePublicID, progress: JobIndexProgress(context.control))
            )
            let request = request
            let report = try followingAlone(store) { try indexer.index(request) }
            // Here, because a push that is awaited still ends the run with an error.
            Counter(label: WorkerMetrics.embeddedTexts).increment(by: report.embedded)
            try checkNothingIsMissing(store)
            return .indexed(report)
        } catch let error as GitError {
            switch error.code {
            case .notACommit:
                // A tag of a tree or a file: nothing that could be searched.
                try drop()
                return .dropped
            case .notFound, .corruptObject, .notARepository:
                throw DamagedMirror(cause: error)
            default:
                throw error
            }
        }
    }

    /// A mirror has every object; files without theirs mean that it was removed meanwhile.
    private func checkNothingIsMissing(_ store: IndexStore) throws {
        guard let record = try store.ref(named: ref, ofRepository: repository.id),
            let missing = try store.missingFiles(ofRef: record.id).first
        else { return }
        throw DamagedMirror(
            cause: GitError(.notFound, "the mirror lacks the object of \(missing.path)"))
    }

    /// Drops the ref from the index, if the lease still holds.
    func drop() throws {
        let store = try IndexStore(
            connection: context.connection, workspace: lease.workspacePublicID)
        guard try store.ref(named: ref, ofRepository: repository.id) != nil else { return }
        try followingAlone(store) {
            try store.withRefLock(repository: repository.id, name: ref) {
                try store.transaction {
                    if let record = try store.ref(named: ref, ofRepository: repository.id) {
                        try store.deleteRef(record.id)
                    }
                    try context.checkLease(on: store.connection)
                }
            }
        }
    }

    /// Runs what needs the ref's lock, which a worker that had the job before may hold still.
    private func followingAlone<R>(_ store: IndexStore, _ body: () throws -> R) throws -> R {
        // Who lost the job must not end the session of who has it.
        try context.checkLease(on: store.connection)
        return try store.followingAlone(
            ref, ofRepository: repository.id,
            onEnded: {
                Logger(label: "gitdex.worker").warning(
                    "ended the session of a worker that had the job before",
                    metadata: [
                        "repository": "\(repository.name)", "ref": "\(ref)",
                        "job": .stringConvertible(lease.job.id),
                    ])
            }, body)
    }
}
