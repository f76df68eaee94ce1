/// Whom the server lets in from where, and how often; the settings say it.
public struct EdgeRules: Sendable {
    /// The address under which browsers and GitHub reach the server, without a slash at its end; nil
    /// takes it from each request.
    public var publicURL: String?
    /// The origins whose pages may call the API from a browser.
    public var corsOrigins: [String] = []
    /// The addresses and networks of proxies whose `X-Forwarded-…` fields are believed.
    public var trustedProxies: [String] = []
    /// The requests that one address may send in a minute; nil for no limit.
    public var requestsPerAddress: Int?
    /// The requests that one user may send in a minute; nil for no limit.
    public var requestsPerUser: Int?
    /// The requests that may be sent with one API key in a minute; nil for no limit.
    public var requestsPerKey: Int?
    /// The logins and registrations that one address may try in a minute; nil for no limit.
    public var loginsPerAddress: Int?
    /// The requests with wrong signatures and tokens of one address in a minute; nil for no limit.
    public var failuresPerAddress: Int?

    /// Makes rules that let no other site in and limit nothing.
    public init() {}

    /// Failed logins to one account count over all addresses, so that many of them together guess
    /// no faster; more than from one, so that nobody is locked out by a neighbour alone.
    private static let accountFactor = 3

    /// The limit of a kind, nil where there is none.
    func rule(_ kind: RateRule.Kind) -> RateRule? {
        let limit: Int? =
            switch kind {
            case .address: requestsPerAddress
            case .user: requestsPerUser
            case .key: requestsPerKey
            case .login: loginsPerAddress
            case .account: loginsPerAddress.map { $0 * Self.accountFactor }
            case .failures: failuresPerAddress
            }
        return limit.map { RateRule(kind: kind, perMinute: $0) }
    }

    /// Whether browsers reach the server by https.
    var isSecure: Bool { publicURL?.hasPrefix("https://") ?? false }
}
