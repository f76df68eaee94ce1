/// Why the server cannot serve.
public struct APIServerError: Error, Sendable, CustomStringConvertible {
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
