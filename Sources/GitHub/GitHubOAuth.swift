import Cryptography
public import Postgres
import Storage
public import Transfer

/// Connects a workspace to a GitHub account by GitHub's OAuth web flow.
///
/// An attempt has a random name that counts once, for ten minutes, and only for the browser that
/// began it; what GitHub hands back counts only together with a verifier that never left this
/// server (PKCE). Blocks its thread on the database and on GitHub.
public struct GitHubOAuth: Sendable {
    /// For how long an attempt counts.
    public static let lifetimeSeconds = 600
    /// The bytes of chance in a name.
    private static let randomBytes = 32

    private let settings: GitHubSettings
    private let redirectURL: String
    private let exchange: TokenExchange
    private let http: HTTPClient
    private let cipher: TokenCipher

    /// Makes the flow of a server.
    ///
    /// - Parameters:
    ///   - settings: Which GitHub, and as which client.
    ///   - redirectURL: Where GitHub sends the browser back to, on this server.
    ///   - http: What speaks to GitHub.
    ///   - cipher: How tokens are encrypted before they are stored.
    public init(
        settings: GitHubSettings, redirectURL: String, http: HTTPClient, cipher: TokenCipher
    ) {
        self.settings = settings
        self.redirectURL = redirectURL
        self.http = http
        self.cipher = cipher
        exchange = TokenExchange(settings: settings, http: http)
    }

    /// Begins an attempt.
    ///
    /// - Parameters:
    ///   - workspace: The number of the workspace to be connected.
    ///   - user: The number of the user who does it, where there are users.
    ///   - browserBinding: What the browser keeps in a cookie and brings back; random, at least 16
    ///     bytes.
    ///   - connection: The database.
    /// - Returns: Where the browser is to be sent.
    /// - Throws: ``GitHubError`` with code `notConfigured`, or what the database said.
    public func start(
        workspace: Int, user: Int?, browserBinding: String, on connection: Connection
    ) throws -> OAuthStart {
        guard let client = settings.client else { throw Self.notConfigured }
        let state = Base64URL.encodeUnpadded(try SecureRandom.bytes(Self.randomBytes))
        let verifier = Base64URL.encodeUnpadded(try SecureRandom.bytes(Self.randomBytes))
        try OAuthStore(connection: connection).add(
            OAuthStateRecord(
                workspace: workspace, user: user,
                browserHash: SHA256Digest.of(Array(browserBinding.utf8)).bytes,
                verifier: try cipher.encrypted(verifier)),
            hash: SHA256Digest.of(Array(state.utf8)).bytes, seconds: Self.lifetimeSeconds)
        let challenge = Base64URL.encodeUnpadded(SHA256Digest.of(Array(verifier.utf8)).bytes)
        let query = FormText.form([
            ("client_id", client.id), ("redirect_uri", redirectURL),
            ("scope", GitHubScope.all.map(\.name).joined(separator: " ")), ("state", state),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ])
        return OAuthStart(
            url: settings.webURL + "/login/oauth/authorize?" + query, state: state,
            scopes: GitHubScope.all)
    }

    /// Ends an attempt: gets the token for the code that GitHub handed back, and stores it.
    ///
    /// - Parameters:
    ///   - code: The code; nil where GitHub says in `error` that the user refused.
    ///   - state: The attempt's name.
    ///   - error: What GitHub says instead of a code.
    ///   - browserBinding: What the browser brought back in its cookie.
    ///   - connection: The database.
    ///   - authorize: Called before GitHub is asked, with the workspace's number and the user who
    ///     began the attempt; throws when the user may not do that any more.
    /// - Returns: What was connected.
    /// - Throws: ``GitHubError``, what `authorize` throws, or what the database said.
    public func callback(
        code: String?, state: String, error: String? = nil, browserBinding: String?,
        on connection: Connection,
        authorize: (_ workspace: Int, _ user: Int?) throws -> Void = { _, _ in }
    ) throws -> OAuthCompletion {
        guard let client = settings.client else { throw Self.notConfigured }
        let store = OAuthStore(connection: connection)
        let attempt = try store.takeState(hash: SHA256Digest.of(Array(state.utf8)).bytes)
        let browserHash = SHA256Digest.of(Array((browserBinding ?? "").utf8)).bytes
        guard let attempt, browserBinding != nil,
            ConstantTime.areEqual(attempt.browserHash, browserHash)
        else { throw Self.stateInvalid }
        try authorize(attempt.workspace, attempt.user)
        guard let code, error == nil else { throw Self.refused(error) }
        let token = try exchange.token(
            client: client, code: code, redirectURL: redirectURL,
            verifier: try cipher.decrypted(attempt.verifier).reveal())
        let user = try GitHubClient(settings: settings, http: http) { token.value }.user()
        var account = OAuthAccountRecord(
            workspace: attempt.workspace, accountID: user.id, login: user.login,
            scopes: token.scopes, token: try cipher.encrypted(token.value.reveal()),
            refreshToken: try token.refresh.map { try cipher.encrypted($0.reveal()) },
            expiresAt: token.expiresAt, connectedBy: attempt.user)
        try store.save(account)
        account = try store.account(workspace: attempt.workspace) ?? account
        return OAuthCompletion(
            workspace: attempt.workspace, workspacePublicID: attempt.workspacePublicID,
            user: attempt.user, account: ConnectedAccount(account))
    }

    /// Returns the account of a workspace, or nil.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Returns: The account, with what is wrong with its token where something is.
    /// - Throws: What the database said.
    public func account(workspace: Int, on connection: Connection) throws -> ConnectedAccount? {
        try OAuthStore(connection: connection).account(workspace: workspace)
            .map(ConnectedAccount.init)
    }

    /// Forgets the account of a workspace, and has GitHub end its token.
    ///
    /// The token is forgotten also where GitHub cannot be reached.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Returns: Whether there was one.
    /// - Throws: What the database said.
    @discardableResult
    public func disconnect(workspace: Int, on connection: Connection) throws -> Bool {
        let store = OAuthStore(connection: connection)
        guard let account = try store.account(workspace: workspace) else { return false }
        let removed = try store.removeAccount(workspace: workspace)
        if let client = settings.client, let stored = account.token,
            let token = try? cipher.decrypted(stored)
        {
            try? exchange.revoke(token, client: client)
        }
        return removed
    }

    // MARK: Refusals

    private static var notConfigured: GitHubError {
        GitHubError(
            code: .notConfigured, message: "no GitHub client is set up on this server",
            remedy: "set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET")
    }

    private static var stateInvalid: GitHubError {
        GitHubError(
            code: .stateInvalid,
            message: "this sign-in at GitHub was not begun in this browser, or was used, or is "
                + "older than ten minutes",
            remedy: "connect GitHub again")
    }

    private static func refused(_ error: String?) -> GitHubError {
        GitHubError(
            code: .signInRefused,
            message: error == nil || error == "access_denied"
                ? "access to GitHub was refused"
                : "GitHub refused the sign-in (\(GitHubError.printable(error ?? "")))",
            remedy: "connect GitHub again and allow the access")
    }
}

extension ConnectedAccount {
    init(_ record: OAuthAccountRecord) {
        self.init(
            kind: record.installation == nil ? .user : .installation, login: record.login,
            scopes: record.scopes, installation: record.installation,
            connectedAt: record.connectedAt, expiresAt: record.expiresAt,
            invalidSince: record.invalidSince, invalidReason: record.invalidReason)
    }
}

extension GitHubError {
    /// A foreign text as a message may hold it: short and without control characters.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(200).filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
