public import Embedding
public import Postgres
public import Queue

/// What the server works with; the command that starts it puts this together.
public struct APIServices: Sendable {
    /// The connections that requests share.
    public var pool: Pool
    /// The database's address, for the one connection that hears of events.
    public var databaseURL: String
    /// The model that queries are embedded with.
    public var embedder: any Embedder
    /// Takes a delivery of GitHub's; nil where none are taken, which is answered 503.
    public var receiveDelivery: (@Sendable (WebhookRequest) async -> WebhookAnswer)?
    /// Connects a repository; nil where that cannot be done here, which is answered 503.
    public var connect: (@Sendable (ConnectRequest) async throws -> ConnectedRepository)?
    /// Forgets a repository; nil where that cannot be done here, which is answered 503.
    public var disconnect:
        (@Sendable (_ workspace: String, _ repository: Int) async throws -> Void)?
    /// Changes what is secret about a repository, and returns the new secret of its webhooks where
    /// one was asked for; nil where that cannot be done here, which is answered 503.
    public var changeSecrets: (@Sendable (SecretChange) async throws -> String?)?
    /// Does again what a delivery asks for, and returns the jobs; nil is answered 503.
    public var replay: (@Sendable (_ workspace: String, _ delivery: Int) async throws -> [Int])?
    /// The job that brings a ref, or with nil all refs, of a repository up to date; nil is
    /// answered 503.
    public var indexJob: (@Sendable (_ repository: Int, _ ref: String?) -> JobRequest)?
    /// What accounts need; nil on a server without them, where only `--local` lets anybody in.
    public var accounts: AccountServices?
    /// What the GitHub account of a workspace can do; nil where none can be connected.
    public var github: GitHubServices?
    /// The metrics in Prometheus' text format.
    public var metrics: @Sendable () -> String

    /// Makes services without a webhook receiver and without secrets.
    ///
    /// - Parameters:
    ///   - pool: The connections that requests share.
    ///   - databaseURL: The database's address.
    ///   - embedder: The model that queries are embedded with.
    ///   - metrics: The metrics in Prometheus' text format.
    public init(
        pool: Pool, databaseURL: String, embedder: any Embedder,
        metrics: @escaping @Sendable () -> String = { "" }
    ) {
        self.pool = pool
        self.databaseURL = databaseURL
        self.embedder = embedder
        self.metrics = metrics
    }
}
