/// How a client speaks to hosts.
public struct TransferOptions: Sendable {
    /// How long a connection may take to stand, in milliseconds.
    public var connectTimeoutMilliseconds = 10_000
    /// How long a request may take altogether, redirects included, in milliseconds.
    public var totalTimeoutMilliseconds = 60_000
    /// How long an answer may bring no byte, in seconds.
    public var stallTimeoutSeconds = 30
    /// How many bytes an answer's body may have, after decompression.
    public var maximumBodyBytes = 32 << 20
    /// How many bytes an answer's fields may have.
    public var maximumHeaderBytes = 128 << 10
    /// How often an answer may name another place.
    public var maximumRedirects = 5
    /// How many connections are kept for later requests.
    public var keptConnections = 8
    /// Whether hosts of private networks and of this machine may be spoken to.
    public var allowsPrivateAddresses = false
    /// A file of certificates to trust in place of the system's.
    public var certificateFile: String?
    /// What the client calls itself.
    public var userAgent = "gitdex"

    /// Makes the options of every day.
    public init() {}
}
