/// What went wrong with the queue.
public struct QueueError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: String, Sendable, Hashable {
        /// The job was given to another worker, called off or ended: what was done must not count.
        case leaseLost
        /// There is no such job.
        case notFound
        /// The job's state does not allow it.
        case wrongState
        /// A request is out of its limits.
        case invalidRequest
        /// A row holds what this program never writes.
        case damagedRow
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    static func leaseLost(_ lease: JobLease) -> QueueError {
        QueueError(
            .leaseLost, "the lease of job \(lease.job.id) was lost",
            remedy: "nothing needs to be done: whoever holds it now does the work")
    }

    static func notFound(_ id: Int) -> QueueError {
        QueueError(
            .notFound, "there is no job \(id)", remedy: "list the jobs with 'gitdex jobs list'")
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
