/// What became of a delivery, as the sender is told.
public enum DeliveryOutcome: Sendable, Equatable {
    /// It is stored, and so are its jobs.
    case accepted(jobs: [Int])
    /// It came before.
    case duplicate
    /// It is genuine, and there is no use for it.
    case ignored
    /// Its signature is missing or fits no secret.
    case unauthorized
    /// It is genuine, and it or one of its fields cannot be read.
    case unreadable(reason: String)
    /// The database cannot be reached, or too much waits for it already.
    case unavailable

    /// The HTTP status that says so.
    public var status: Int {
        switch self {
        case .accepted: 202
        case .duplicate: 200
        case .ignored: 204
        case .unauthorized: 401
        case .unreadable: 400
        case .unavailable: 503
        }
    }

    /// A word for it, for metrics and logs.
    public var label: String {
        switch self {
        case .accepted: "accepted"
        case .duplicate: "duplicate"
        case .ignored: "ignored"
        case .unauthorized: "unauthorized"
        case .unreadable: "unreadable"
        case .unavailable: "unavailable"
        }
    }
}
