import Postgres
import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A delivery, as `deliveries --json` prints it.
struct DeliveryDocument: Encodable {
    struct QueuedJob: Encodable {
        let id: Int
        let state: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id, guid, event, repository, outcome, runs, jobs, body
        case receivedAt = "received_at"
        case sizeBytes = "bytes"
    }

    let id: Int
    let guid, event: String
    let repository: String?
    let receivedAt: String
    let outcome: String
    let runs, sizeBytes: Int
    let jobs: [QueuedJob]
    let body: String?

    init(_ delivery: StoredDelivery, body: [UInt8]? = nil) {
        id = delivery.id
        guid = delivery.guid
        event = delivery.event
        repository = delivery.repositoryName
        receivedAt = Self.time(delivery.receivedAt)
        outcome = delivery.outcome.rawValue
        runs = delivery.runs
        sizeBytes = delivery.sizeBytes
        jobs = delivery.jobs.map { QueuedJob(id: $0.id, state: $0.state) }
        self.body = body.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A point in time to the second, in UTC.
    static func time(_ timestamp: Timestamp) -> String {
        let seconds = Double(timestamp.unixMicroseconds / 1_000_000)
        return Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}
