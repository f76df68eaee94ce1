/// A job as somebody asks for it.
public struct JobRequest: Sendable, Hashable {
    /// What is to be done: the name under which a ``JobHandler`` is known; 1 to 64 characters.
    public var kind: String
    /// What it is to be done with; at most 2,000 bytes.
    ///
    /// Of one kind and key at most one job waits and at most one runs.
    public var uniqueKey: String
    /// What the handler needs to know: a JSON object of at most 64 KiB, without secrets.
    public var payload: String
    /// What it draws upon, such as a provider's host, for pauses; empty for nothing in particular.
    public var scope: String
    /// The lower number runs first, within a workspace.
    public var priority: Int
    /// How long it waits for more requests of the same kind.
    public var delay: Duration
    /// How long newer requests may put off the first, all together; ``delay`` if that is longer.
    public var maximumDelay: Duration
    /// How often it may be tried; 1 to 1,000.
    public var maximumAttempts: Int

    /// Asks for a job that runs as soon as its turn comes.
    ///
    /// - Parameters:
    ///   - kind: What is to be done.
    ///   - uniqueKey: What it is to be done with.
    ///   - payload: What the handler needs to know: a JSON object.
    public init(kind: String, uniqueKey: String, payload: String = "{}") {
        self.kind = kind
        self.uniqueKey = uniqueKey
        self.payload = payload
        scope = ""
        priority = 100
        delay = .zero
        maximumDelay = .seconds(60)
        maximumAttempts = 20
    }
}
