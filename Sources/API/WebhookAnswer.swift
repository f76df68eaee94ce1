/// What became of a delivery.
public enum WebhookAnswer: Sendable {
    /// It is kept, with this many jobs.
    case accepted(jobs: Int)
    /// It was here before.
    case duplicate
    /// There is no use for its event.
    case ignored
    /// Its signature is missing or wrong.
    case unauthorized
    /// Its body cannot be read, and why.
    case unreadable(String)
    /// It could not be kept.
    case unavailable
}
