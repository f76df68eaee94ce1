public import Postgres

/// A job as the queue has it.
public struct Job: Sendable, Hashable {
    /// The number of the workspace it belongs to.
    public let workspace: Int
    /// Its number; later requests have higher ones.
    public let id: Int
    /// What is to be done.
    public let kind: String
    /// What it is to be done with.
    public let uniqueKey: String
    /// What it draws upon; empty for nothing in particular.
    public let scope: String
    /// Where it stands.
    public let state: JobState
    /// What the handler needs to know: a JSON object.
    public let payload: String
    /// The lower number runs first.
    public let priority: Int
    /// How often it was started.
    public let attempts: Int
    /// How often it may be started.
    public let maximumAttempts: Int
    /// Who runs it, or ran it last.
    public let worker: String?
    /// Why its last run failed, unless a later one did not.
    public let error: String?
    /// How far its run has come, where that is known.
    public let progress: JobProgress?
    /// When it was first asked for.
    public let createdAt: Timestamp
    /// From when on it may run.
    public let runAfter: Timestamp
    /// When its last run began.
    public let startedAt: Timestamp?
    /// When it ended.
    public let finishedAt: Timestamp?
}
