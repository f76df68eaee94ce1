internal import Postgres
internal import Storage

/// A delivery, as JSON.
struct DeliveryDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, guid, event, repository, outcome, runs, bytes, jobs, body
        case receivedAt = "received_at"
    }

    private struct QueuedJob: Encodable {
        enum CodingKeys: String, CodingKey { case id, state }

        let job: StoredDelivery.QueuedJob

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(job.id, forKey: .id)
            // A null says that the job is forgotten already.
            try container.encode(job.state, forKey: .state)
        }
    }

    let delivery: StoredDelivery
    /// The body as it came, where it is asked for.
    var body: [UInt8]?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(delivery.id, forKey: .id)
        try container.encode(delivery.guid, forKey: .guid)
        try container.encode(delivery.event, forKey: .event)
        try container.encode(delivery.repositoryName, forKey: .repository)
        try container.encode(delivery.outcome.rawValue, forKey: .outcome)
        try container.encode(delivery.runs, forKey: .runs)
        try container.encode(delivery.sizeBytes, forKey: .bytes)
        try container.encode(delivery.jobs.map(QueuedJob.init), forKey: .jobs)
        try container.encode(TimeText.text(delivery.receivedAt), forKey: .receivedAt)
        let text = body.map { String(decoding: $0, as: UTF8.self) }
        try container.encodeIfPresent(text, forKey: .body)
    }
}
