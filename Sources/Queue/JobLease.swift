/// The right to run a job until its lease runs out or is taken away.
public struct JobLease: Sendable, Hashable {
    /// The job, as it stood when it was taken.
    public let job: Job
    /// Names this run and no other.
    public let token: Int
    /// The public id of the job's workspace.
    public let workspacePublicID: String
    /// For how long the lease holds without a heartbeat.
    public let duration: Duration
}
