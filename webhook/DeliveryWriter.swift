import Postgres
import Queue
import Storage
import Workers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes deliveries and their jobs, in the caller's transaction.
struct DeliveryWriter {
    private let connection: Connection
    private let deliveries: DeliveryStore
    private let remotes: RemoteStore
    private let queue: JobQueue

    private typealias Link = (workspace: Int, delivery: Int, run: Int)

    init(_ connection: Connection) {
        self.connection = connection
        deliveries = DeliveryStore(connection: connection)
        remotes = RemoteStore(connection: connection)
        queue = JobQueue(connection: connection)
    }

    /// Writes what was accepted, and says what became of each.
    ///
    /// Costs three round trips for any number of pushes.
    func write(_ accepted: [AcceptedDelivery]) throws -> [DeliveryOutcome] {
        // One batch concerns many workspaces.
        try connection.inScope(.system) { try writeAll(accepted) }
    }

    private func writeAll(_ accepted: [AcceptedDelivery]) throws -> [DeliveryOutcome] {
        var rows: [NewDelivery] = []
        var owners: [(index: Int, parts: [AcceptedDelivery.Part])] = []
        for (index, delivery) in accepted.enumerated() {
            for (workspace, parts) in delivery.workspaces {
                rows.append(
                    NewDelivery(
                        workspace: workspace,
                        repository: parts.count == 1 ? parts[0].repository.id : nil,
                        guid: delivery.headers.guid, event: delivery.headers.event,
                        contentType: delivery.headers.contentType, body: delivery.body))
                owners.append((index, parts))
            }
        }
        let written = try deliveries.write(rows)
        var requests: [(link: Link, owner: Int, request: JobRequest)] = []
        var isNew = [Bool](repeating: false, count: accepted.count)
        for ((row, owner), result) in zip(zip(rows, owners), written)
        where result.verdict != .duplicate {
            isNew[owner.index] = true
            let link = (workspace: row.workspace, delivery: result.id, run: result.run)
            for request in try carryOut(owner.parts) {
                requests.append((link, owner.index, request))
            }
        }
        let jobs = try queueJobs(requests.map { ($0.link, $0.request) })
        var found = [[Int]](repeating: [], count: accepted.count)
        for (request, job) in zip(requests, jobs) { found[request.owner].append(job) }
        return zip(isNew, found).map { $0 ? .accepted(jobs: $1) : .duplicate }
    }

    /// Runs a delivery anew that is stored already.
    func repeatDelivery(
        workspace: Int, id: Int, _ parts: [AcceptedDelivery.Part]
    ) throws -> [Int] {
        let written = try deliveries.beginRun(workspace: workspace, id: id)
        let link = (workspace: workspace, delivery: written.id, run: written.run)
        return try queueJobs(try carryOut(parts).map { (link, $0) })
    }

    private func queueJobs(_ requests: [(link: Link, request: JobRequest)]) throws -> [Int] {
        var jobs: [Int] = []
        var rest = requests[...]
        while !rest.isEmpty {
            let part = rest.prefix(JobQueue.batchLimit)
            rest = rest.dropFirst(JobQueue.batchLimit)
            jobs += try queue.enqueue(part.map { ($0.link.workspace, $0.request) })
        }
        try deliveries.link(
            zip(requests, jobs).map { ($0.link.workspace, $0.link.delivery, $0.link.run, $1) })
        return jobs
    }

    /// Seconds since 1970, to the millisecond.
    private static func now() -> Double {
        (Date().timeIntervalSince1970 * 1_000).rounded() / 1_000
    }

    /// The job for a repository whose issues and the like are kept; nil for any other.
    private func synchronisation(
        of repository: RemoteRepository, _ doubt: SyncedStore.Doubt?
    ) throws -> JobRequest? {
        let (workspace, id) = (repository.workspace, repository.id)
        guard try remotes.isSynchronised(workspace: workspace, id: id) else { return nil }
        if let doubt {
            try SyncedStore(connection: remotes.connection, workspace: workspace, repository: id)
                .doubt(doubt.kind, doubt.externalID)
        }
        return .sync(repository, isHinted: true)
    }

    /// Writes what the actions say about repositories, and returns the jobs they ask for.
    private func carryOut(_ parts: [AcceptedDelivery.Part]) throws -> [JobRequest] {
        var requests: [JobRequest] = []
        for part in parts {
            let (workspace, id) = (part.repository.workspace, part.repository.id)
            for action in part.actions {
                switch action {
                case .follow(let ref, let before, let after):
                    let hint = PushHint(before: before, after: after, receivedAt: Self.now())
                    requests.append(.ref(ref, ofRepository: id, hint: hint))
                case .compare:
                    // What is new about it may be why its remote refused before.
                    try queue.endRest(
                        workspace: workspace, scope: JobRequest.scope(ofRepository: id))
                    requests.append(.repository(id))
                case .describe(let description):
                    try remotes.describe(description, workspace: workspace, id: id)
                case .doubtAccess:
                    try remotes.doubtAccess(workspace: workspace, id: id)
                case .synchronise(let doubt):
                    if let request = try synchronisation(of: part.repository, doubt) {
                        requests.append(request)
                    }
                case .record(let pullRequest):
                    try remotes.record(pullRequest, workspace: workspace, repository: id)
                }
            }
        }
        return requests
    }
}
