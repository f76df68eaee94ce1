import Cryptography
public import Postgres
import Storage
public import Transfer

/// Speaks to GitHub for workspaces: finds the right token, renews it, and notices when GitHub does
/// not take it any more.
///
/// Blocks its thread on the database and on GitHub.
public struct GitHubAccess: Sendable {
    /// A token that ends within so many seconds is renewed before it is used.
    private static let marginSeconds = 60

    /// Which GitHub.
    public let settings: GitHubSettings
    let http: HTTPClient
    private let cipher: TokenCipher
    private let installations: InstallationTokens?

    /// Makes the access of a server.
    ///
    /// - Parameters:
    ///   - settings: Which GitHub, and as whom.
    ///   - http: What speaks to GitHub.
    ///   - cipher: How stored tokens are encrypted.
    public init(settings: GitHubSettings, http: HTTPClient, cipher: TokenCipher) {
        self.settings = settings
        self.http = http
        self.cipher = cipher
        installations = settings.app.map {
            InstallationTokens(app: $0, settings: settings, http: http)
        }
    }

    /// Returns a client that speaks for the account of a workspace.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Returns: The client; good for about an hour.
    /// - Throws: ``GitHubError`` with code `notConnected`, `tokenInvalid` or `secretUnreadable`, or
    ///   what the database said.
    public func client(workspace: Int, on connection: Connection) throws -> GitHubClient {
        let store = OAuthStore(connection: connection)
        guard var account = try store.account(workspace: workspace) else {
            throw GitHubError(
                code: .notConnected, message: "the workspace is not connected to GitHub",
                remedy: "connect it first")
        }
        if let installation = account.installation { return try client(installation: installation) }
        if account.invalidSince != nil { throw Self.invalid(account.invalidReason) }
        if let end = account.expiresAt, end < .now(plusSeconds: Self.marginSeconds) {
            account = try renewed(account, store)
        }
        guard let stored = account.token else { throw Self.invalid(nil) }
        let token = try cipher.decrypted(stored)
        return GitHubClient(settings: settings, http: http) { token }
    }

    /// Runs something that asks GitHub for a workspace, and writes down when its token counts no more.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    ///   - body: Gets the client.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, ``GitHubError``, or what the database said.
    public func withClient<R>(
        workspace: Int, on connection: Connection, _ body: (GitHubClient) throws -> R
    ) throws -> R {
        let client = try client(workspace: workspace, on: connection)
        do {
            return try body(client)
        } catch let error as GitHubError where error.code == .tokenInvalid {
            let store = OAuthStore(connection: connection)
            if let account = try store.account(workspace: workspace) {
                installations?.forget(account.installation)
                if account.installation == nil {
                    try store.markInvalid(account, reason: error.message)
                }
            }
            throw error
        }
    }

    /// Lets an installation of the server's GitHub App speak for a workspace.
    ///
    /// GitHub is asked whether the user who connected the workspace may use that installation.
    ///
    /// - Parameters:
    ///   - installation: The installation's number; nil for the user's own token again.
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Throws: ``GitHubError`` with code `notConfigured` or `forbidden`, or what the database said.
    public func useInstallation(
        _ installation: Int?, workspace: Int, on connection: Connection
    ) throws {
        let store = OAuthStore(connection: connection)
        if let installation {
            guard settings.app != nil else {
                throw GitHubError(
                    code: .notConfigured, message: "no GitHub App is set up on this server",
                    remedy: "set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY")
            }
            _ = try store.setInstallation(nil, workspace: workspace)
            let seen = try withClient(workspace: workspace, on: connection) {
                try $0.installations()
            }
            guard seen.contains(where: { $0.id == installation }) else {
                throw GitHubError(
                    code: .forbidden,
                    message: "that installation is not one of the connected account's",
                    remedy: "pick one of those that are listed")
            }
        }
        _ = try store.setInstallation(installation, workspace: workspace)
    }

    /// Returns what the repositories of a workspace's account are read with by git.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - connection: The database.
    /// - Returns: The password for the user `x-access-token`; nil where there is no account, or
    ///   GitHub does not take its token, so that public repositories can be read all the same.
    /// - Throws: ``GitHubError``, or what the database said.
    public func gitToken(workspace: Int, on connection: Connection) throws -> String? {
        do {
            return try client(workspace: workspace, on: connection).currentToken()
        } catch let error as GitHubError
            where [.notConnected, .tokenInvalid, .notConfigured].contains(error.code)
        {
            return nil
        }
    }

    private func client(installation: Int) throws -> GitHubClient {
        guard let installations else {
            throw GitHubError(
                code: .notConfigured,
                message: "the workspace is connected by a GitHub App that is not set up any more",
                remedy: "set GITHUB_APP_ID and GITHUB_APP_PRIVATE_KEY, or connect GitHub again")
        }
        var client = GitHubClient(settings: settings, http: http) {
            try installations.token(of: installation)
        }
        client.speaksForInstallation = true
        return client
    }

    private func renewed(
        _ account: OAuthAccountRecord, _ store: OAuthStore
    ) throws -> OAuthAccountRecord {
        guard let client = settings.client, let stored = account.refreshToken else {
            let error = Self.invalid("its time is over")
            try store.markInvalid(account, reason: error.message)
            throw error
        }
        var renewed = account
        do {
            let token = try TokenExchange(settings: settings, http: http).token(
                client: client, refresh: try cipher.decrypted(stored))
            renewed.token = try cipher.encrypted(token.value.reveal())
            renewed.refreshToken = try token.refresh.map { try cipher.encrypted($0.reveal()) }
            renewed.expiresAt = token.expiresAt
        } catch let error as GitHubError where error.code == .signInRefused {
            // Each renewal ends the token before: somebody else may have been faster.
            if let newer = try store.account(workspace: account.workspace),
                newer.version != account.version, newer.invalidSince == nil
            {
                return newer
            }
            try store.markInvalid(account, reason: error.message)
            throw Self.invalid(error.message)
        }
        if try store.renew(renewed) { return renewed }
        return try store.account(workspace: account.workspace) ?? renewed
    }

    private static func invalid(_ reason: String?) -> GitHubError {
        GitHubError(
            code: .tokenInvalid,
            message: "GitHub does not take the token any more" + (reason.map { " (\($0))" } ?? ""),
            remedy: "connect GitHub again")
    }
}
