public import Postgres

/// A delivery as it is listed.
public struct StoredDelivery: Sendable, Equatable {
    /// What became of a delivery, derived from its jobs.
    public enum Outcome: String, Sendable, CaseIterable {
        /// Nothing had to be done.
        case noted
        /// Some job has yet to end.
        case pending
        /// Every job has ended, and none failed.
        case done
        /// A job failed: the next redelivery runs it again.
        case failed
    }

    /// A job that the last run queued or joined.
    public struct QueuedJob: Sendable, Equatable {
        /// The job's number.
        public var id: Int
        /// Its state; nil when it is forgotten already.
        public var state: String?
    }

    /// The number of its workspace.
    public var workspace: Int
    /// Its number within the workspace.
    public var id: Int
    /// The provider's name for it.
    public var guid: String
    /// The kind of event.
    public var event: String
    /// The repository's number, when it concerns one that is still connected.
    public var repository: Int?
    /// The repository's name.
    public var repositoryName: String?
    /// When it came first.
    public var receivedAt: Timestamp
    /// How often its jobs were queued.
    public var runs: Int
    /// The size of its body.
    public var sizeBytes: Int
    /// How its body is to be read.
    public var contentType: NewDelivery.ContentType
    /// The jobs of the last run.
    public var jobs: [QueuedJob]

    /// What became of it.
    public var outcome: Outcome {
        if jobs.isEmpty { return .noted }
        if jobs.contains(where: { $0.state == "failed" }) { return .failed }
        let isPending = jobs.contains { $0.state == "waiting" || $0.state == "running" }
        return isPending ? .pending : .done
    }
}
