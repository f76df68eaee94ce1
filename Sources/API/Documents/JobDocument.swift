internal import Postgres
internal import Queue

/// A job, as JSON.
struct JobDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, kind, key, state, attempts, error, progress, worker, due
        case createdAt = "created_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    private struct Progress: Encodable { let done, total: Int }

    let job: Job
    /// Until when each paused scope rests.
    var pauseEnds: [String: Timestamp] = [:]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(job.id, forKey: .id)
        try container.encode(job.kind, forKey: .kind)
        try container.encode(job.uniqueKey, forKey: .key)
        try container.encode(job.state.rawValue, forKey: .state)
        try container.encode(job.attempts, forKey: .attempts)
        try container.encodeIfPresent(job.error, forKey: .error)
        let progress = job.progress.map { Progress(done: $0.done, total: $0.total) }
        try container.encodeIfPresent(progress, forKey: .progress)
        try container.encodeIfPresent(job.worker, forKey: .worker)
        try container.encodeIfPresent(job.due(pauseEnds).map(TimeText.text), forKey: .due)
        try container.encode(TimeText.text(job.createdAt), forKey: .createdAt)
        try container.encodeIfPresent(job.startedAt.map(TimeText.text), forKey: .startedAt)
        try container.encodeIfPresent(job.finishedAt.map(TimeText.text), forKey: .finishedAt)
    }
}
