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
    /// After how long the job may be taken again as if this run had not been; nil for a failure.
    public var postponement: Duration?

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

    /// A run that could not begin because something else has to end first.
    ///
    /// The attempt does not count, and the job comes again after a fixed time.
    ///
    /// - Parameters:
    ///   - message: What it waits for, without secrets.
    ///   - delay: After how long it may be taken again.
    /// - Returns: What the handler throws.
    public static func later(_ message: String, after delay: Duration) -> JobFailure {
        var failure = JobFailure(message, retry: true)
        failure.postponement = delay
        return failure
    }

    /// What happened.
    public var description: String { message }
}
