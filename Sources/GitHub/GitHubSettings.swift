import Storage

/// Which GitHub is spoken to, and as whom.
public struct GitHubSettings: Sendable {
    /// GitHub itself.
    public static let publicWebURL = "https://github.com"
    /// The API of GitHub itself.
    public static let publicAPIURL = "https://api.github.com"

    /// Where people see it, without a slash at the end.
    public let webURL: String
    /// Where its REST API is, without a slash at the end.
    public let apiURL: String
    /// The OAuth client, where one is registered.
    public let client: OAuthClient?
    /// The GitHub App, where one is registered.
    public let app: App?

    /// An OAuth client as it is registered at GitHub: an OAuth App, or a GitHub App's own.
    public struct OAuthClient: Sendable {
        /// Its public name.
        public let id: String
        /// What it proves itself by; never shown.
        let secret: HiddenText

        /// Makes a client.
        ///
        /// - Parameters:
        ///   - id: Its public name.
        ///   - secret: What it proves itself by.
        public init(id: String, secret: String) {
            self.id = id
            self.secret = HiddenText(secret)
        }
    }

    /// A GitHub App as it is registered at GitHub.
    public struct App: Sendable {
        /// Its number, or its client id.
        public let id: String
        /// The private key in PEM; never shown.
        let privateKey: HiddenText

        /// Makes an app.
        ///
        /// - Parameters:
        ///   - id: Its number, or its client id.
        ///   - privateKey: The private key in PEM, as GitHub gives it out.
        public init(id: String, privateKey: String) {
            self.id = id
            self.privateKey = HiddenText(privateKey)
        }
    }

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - webURL: Where people see it; nil for GitHub itself.
    ///   - apiURL: Where its REST API is; nil for what belongs to `webURL`: `/api/v3` below it for a
    ///     GitHub Enterprise Server.
    ///   - client: The OAuth client.
    ///   - app: The GitHub App.
    public init(
        webURL: String? = nil, apiURL: String? = nil, client: OAuthClient? = nil, app: App? = nil
    ) {
        let web = Self.trimmed(webURL ?? Self.publicWebURL)
        self.webURL = web
        self.apiURL = Self.trimmed(
            apiURL ?? (web == Self.publicWebURL ? Self.publicAPIURL : web + "/api/v3"))
        self.client = client
        self.app = app
    }

    /// Where its GraphQL API is.
    public var graphQLURL: String {
        let suffix = "/v3"
        return apiURL.hasSuffix("/api" + suffix)
            ? apiURL.dropLast(suffix.count) + "/graphql" : apiURL + "/graphql"
    }

    /// What jobs that ask this GitHub draw upon, so that they wait together.
    public var queueScope: String {
        "github " + (RemoteLocation(webURL + "/owner/name")?.host ?? "").prefix(250)
    }

    private static func trimmed(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }
}
