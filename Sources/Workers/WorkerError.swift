/// What went wrong while a job ran.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: Sendable, Hashable {
        /// A job's payload is not what its kind needs.
        case invalidPayload
        /// The stored credentials of a repository cannot be read.
        case credentialsUnreadable
        /// The folder of the mirrors cannot be used.
        case mirrorUnusable
        /// Another job holds the mirror for too long.
        case mirrorBusy
        /// The remote has a commit no more.
        case commitGone
        /// The worker stops.
        case cancelled
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    public init(code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    static var noRef: WorkerError {
        WorkerError(
            code: .invalidPayload, message: "the job does not name a ref",
            remedy: "cancel it; it was queued by a program of another version")
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
