/// How the server listens and what it lets in.
public struct APIConfiguration: Sendable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 takes any that is free.
    public var port: Int
    /// Whether requests of this machine need no login; any other request is then refused.
    public var isLocal: Bool
    /// The program's version, for the OpenAPI document.
    public var version: String
    /// Whom it lets in from where, and how often.
    public var edges = EdgeRules()
    /// How long the parts of a request may take.
    var times = RequestTimes()

    /// The port unless told otherwise.
    public static let standardPort = 8080

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The port to listen on.
    ///   - isLocal: Whether requests of this machine need no login.
    ///   - version: The program's version.
    public init(
        host: String = "127.0.0.1", port: Int = APIConfiguration.standardPort,
        isLocal: Bool = false, version: String
    ) {
        self.host = host
        self.port = port
        self.isLocal = isLocal
        self.version = version
    }

    /// Whether an address can be reached from this machine only.
    ///
    /// - Parameter host: A name or an address.
    /// - Returns: True for `localhost`, `::1` and 127.0.0.0/8.
    public static func isLoopback(_ host: String) -> Bool {
        host == "::1" || Gatekeeper.isLoopback(host.lowercased()) && !host.contains(":")
    }
}
