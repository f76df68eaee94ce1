/// Why a handler could not do a job, and what shall become of it.
public struct JobFailure: Error, Sendable, CustomStringConvertible {
    /// What happened; kept with the job for everyone to read, so it must hold no secret.
    public var message: String
    /// Whether another attempt can succeed.
    public var isRetryable: Bool
    /// For how long a provider wants to be left alone, when it said so.
    ///
    /// Holds every job of the workspace that has the job's scope, and this one in any case.
    public var pause: Duration?

    /// Makes a failure.
    ///
    /// - Parameters:
    ///   - message: What happened, without secrets.
    ///   - retry: Whether another attempt can succeed.
    ///   - pause: For how long a provider wants to be left alone.
    public init(_ message: String, retry: Bool, pause: Duration? = nil) {
        self.message = message
        isRetryable = retry
        self.pause = pause
    }

    /// What happened.
    public var description: String { message }
}
