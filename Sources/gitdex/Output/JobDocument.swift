import Postgres
import Queue

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A job, as `jobs --json` prints it.
struct JobDocument: Encodable {
    private struct Progress: Encodable {
        let done, total: Int
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, key, state, attempts, error, progress, payload, priority, worker, due
        case maximumAttempts = "maximum_attempts"
        case createdAt = "created_at"
        case runAfter = "run_after"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    let job: Job
    /// Until when each paused scope rests.
    let pauseEnds: [String: Timestamp]

    init(_ job: Job, pauseEnds: [String: Timestamp]) {
        self.job = job
        self.pauseEnds = pauseEnds
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(job.id, forKey: .id)
        try container.encode(job.kind, forKey: .kind)
        try container.encode(job.uniqueKey, forKey: .key)
        try container.encode(job.state.rawValue, forKey: .state)
        try container.encode(job.attempts, forKey: .attempts)
        try container.encode(job.maximumAttempts, forKey: .maximumAttempts)
        try container.encode(job.priority, forKey: .priority)
        try container.encodeIfPresent(job.error, forKey: .error)
        if let progress = job.progress {
            try container.encode(
                Progress(done: progress.done, total: progress.total), forKey: .progress)
        }
        try container.encode(PayloadDocument(job.payload), forKey: .payload)
        try container.encodeIfPresent(job.worker, forKey: .worker)
        try container.encode(job.createdAt.text, forKey: .createdAt)
        try container.encode(job.runAfter.text, forKey: .runAfter)
        try container.encodeIfPresent(job.due(pauseEnds)?.text, forKey: .due)
        try container.encodeIfPresent(job.startedAt?.text, forKey: .startedAt)
        try container.encodeIfPresent(job.finishedAt?.text, forKey: .finishedAt)
    }
}

extension Timestamp {
    /// The time in UTC as RFC 3339 writes it, to the second.
    var text: String {
        Date(timeIntervalSince1970: Double(unixMicroseconds / 1_000_000)).formatted(.iso8601)
    }
}
