import API
import Accounts
import Cryptography
import GitHub
import Logging
import Postgres
import Queue
import Settings
import Storage
import Transfer
import Workers

/// Puts together what a server needs in order to speak with GitHub for its workspaces.
struct GitHubAssembly: Sendable {
    /// Calls of GitHub that wait at once; each waits on the thread of a connection of its own, so
    /// that a slow GitHub holds no other request up.
    private static let connections = 4
    /// How many repositories a page of the account's has.
    private static let pageRepositories = 30
    static let callbackPath = "/v1/auth/github/callback"
    private static let logger = Logger(label: "gitdex.github")

    let pool: Pool
    let access: GitHubAccess
    let oauth: GitHubOAuth?
    let hookURL: String?

    /// - Parameters:
    ///   - settings: The settings.
    ///   - url: The database's address.
    init(_ settings: GitdexSettings, _ url: String) {
        pool = Pool(
            url: url, options: .program("gitdex github"),
            limit: Self.connections)
        access = Self.access(settings)
        let publicURL = settings.accounts.publicURL
        oauth = publicURL.map {
            GitHubOAuth(
                settings: Self.settings(settings.github), redirectURL: $0 + Self.callbackPath,
                http: Self.client(settings), cipher: Self.cipher(settings))
        }
        hookURL = publicURL.map { $0 + "/webhooks/github" }
    }

    /// The tokens of the accounts that workspaces are connected to; one for each process.
    static func access(_ settings: GitdexSettings) -> GitHubAccess {
        GitHubAccess(
            settings: Self.settings(settings.github), http: client(settings),
            cipher: cipher(settings))
    }

    private static func client(_ settings: GitdexSettings) -> HTTPClient {
        var options = TransferOptions()
        // A GitHub of one's own may well stand in one's own network; no user can name another.
        options.allowsPrivateAddresses =
            settings.allowsPrivateRemotes || settings.github.webURL != nil
        return HTTPClient(options: options)
    }

    /// The keys are read when they are needed: most machines have nothing encrypted.
    private static func cipher(_ settings: GitdexSettings) -> TokenCipher {
        TokenCipher(
            encrypt: { try EncryptionKeys.box(settings, makesKey: true).encrypt($0) },
            decrypt: { try EncryptionKeys.box(settings, makesKey: false).decrypt($0) })
    }

    private static func settings(_ values: GitHubValues) -> GitHubSettings {
        var client: GitHubSettings.OAuthClient?
        if let id = values.clientID, let secret = values.clientSecret {
            client = GitHubSettings.OAuthClient(id: id, secret: secret.reveal())
        }
        var app: GitHubSettings.App?
        if let id = values.appID, let key = values.appPrivateKey {
            app = GitHubSettings.App(id: id, privateKey: key.reveal())
        }
        return GitHubSettings(
            webURL: values.webURL, apiURL: values.apiURL, client: client, app: app)
    }

    // MARK: What the API offers

    /// What the API offers of it; nil where no browser could find its way back.
    func services() -> GitHubServices? {
        guard let oauth else { return nil }
        return GitHubServices(
            start: { try await start($0, oauth) },
            callback: { try await callback($0, oauth) },
            account: { workspace in
                try await run { connection in
                    try oauth.account(workspace: workspace, on: connection).map { account in
                        GitHubServices.Account(
                            login: account.login, scopes: account.scopes,
                            isValid: account.invalidSince == nil)
                    }
                }
            },
            disconnect: { workspace in
                try await run { try oauth.disconnect(workspace: workspace, on: $0) }
            },
            repositories: { try await repositories($0, after: $1, search: $2) },
            synchronise: { try await synchronise($0, repository: $1) },
            syncStates: { try await syncStates($0) })
    }

    private func start(
        _ start: GitHubServices.Start, _ oauth: GitHubOAuth
    ) async throws -> GitHubServices.Started {
        try await run { connection in
            let started = try oauth.start(
                workspace: start.workspace, user: start.user, browserBinding: start.browser,
                on: connection)
            return GitHubServices.Started(
                url: started.url, scopes: started.scopes.map { ($0.name, $0.reason) })
        }
    }

    private func callback(
        _ callback: GitHubServices.Callback, _ oauth: GitHubOAuth
    ) async throws -> GitHubServices.Connected {
        try await run { connection in
            let done = try oauth.callback(
                code: callback.code, state: callback.state, error: callback.error,
                browserBinding: callback.browser, on: connection
            ) { workspace, user in
                try Self.authorise(user, workspace, connection)
            }
            try Self.enqueue(done.workspace, repository: nil, connection)
            return GitHubServices.Connected(
                workspace: done.workspace, workspacePublicID: done.workspacePublicID,
                login: done.account.login)
        }
    }

    /// Makes sure that who began may still do it: ten minutes are long enough to be put out.
    private static func authorise(_ user: Int?, _ workspace: Int, _ connection: Connection) throws {
        let roles = try WorkspaceStore(connection: connection).workspaces(member: user)
            .filter { $0.id == workspace }.compactMap { $0.role.flatMap(Role.init) }
        guard user != nil, let role = roles.first, role >= .admin else {
            throw APIRefusal(.forbidden, "who began to connect GitHub may not do so any more")
        }
    }

    private func repositories(
        _ workspace: Int, after: Int, search: String?
    ) async throws -> GitHubServices.Page {
        try await run { connection in
            let page = try access.withClient(workspace: workspace, on: connection) { client in
                try client.repositories(
                    search: search, from: after, limit: Self.pageRepositories)
            }
            return GitHubServices.Page(
                repositories: page.repositories.map { one in
                    GitHubServices.Repository(
                        id: one.id, fullName: one.fullName, cloneURL: one.cloneURL,
                        isPrivate: one.isPrivate, defaultBranch: one.defaultBranch,
                        isAdministered: one.isAdministrable)
                }, next: page.nextOffset)
        }
    }

    // MARK: Synchronisation

    private func synchronise(_ workspace: Int, repository: Int?) async throws -> [Int] {
        try await run { connection in
            try Self.enqueue(workspace, repository: repository, connection)
        }
    }

    /// Queues the reading of one repository of GitHub's, or of all with nil.
    @discardableResult
    private static func enqueue(
        _ workspace: Int, repository: Int?, _ connection: Connection
    ) throws -> [Int] {
        let wanted = try RemoteStore(connection: connection).repositories(workspace: workspace)
            .filter { $0.provider == "github" && (repository ?? $0.id) == $0.id }
        guard repository == nil || !wanted.isEmpty else {
            throw APIRefusal(.conflict, "that repository is not one of GitHub's")
        }
        return try connection.transaction {
            try JobQueue(connection: connection).enqueue(
                wanted.map { (workspace, .sync($0)) })
        }
    }

    private func syncStates(_ workspace: Int) async throws -> [GitHubServices.SyncState] {
        try await run { connection in
            try RemoteStore(connection: connection).repositories(workspace: workspace)
                .filter { $0.provider == "github" }
                .flatMap { repository in
                    let store = SyncedStore(
                        connection: connection, workspace: workspace, repository: repository.id)
                    return try SyncedStream.allCases.map { stream in
                        let record = try store.stream(stream)
                        return GitHubServices.SyncState(
                            repository: repository.id, name: repository.name,
                            kind: stream.rawValue, state: Self.state(of: record),
                            completedAt: record.completedAt.map {
                                Double($0.unixMicroseconds) / 1e6
                            }, problem: record.problem)
                    }
                }
        }
    }

    private static func state(of record: SyncedStreamRecord) -> String {
        if record.problem != nil { return "failed" }
        if record.passStartedAt != nil { return "running" }
        return record.completedAt == nil ? "never" : "done"
    }

    /// Queues the first reading of what GitHub has besides the code.
    func synchroniseFirst(workspace: Int, repository: Int) async {
        do {
            _ = try await synchronise(workspace, repository: repository)
        } catch {
            Self.logger.warning(
                "issues and the like are not read", metadata: ["error": "\(error)"])
        }
    }

    // MARK: Webhooks

    /// The owner and name of a repository at the GitHub that is set; nil for one elsewhere.
    func fullName(of location: RemoteLocation) -> String? {
        let web = access.settings.webURL
        let host = web.firstRange(of: "://").map { web[$0.upperBound...] } ?? web[...]
        return location.host == host.lowercased() ? location.fullName : nil
    }

    /// Tells GitHub to send a repository's webhooks here; false where the account may not, or where
    /// nobody outside finds this server.
    func createHook(
        workspace: Int, repository: Int, fullName: String, secret: String
    ) async -> Bool {
        guard let hookURL else { return false }
        do {
            try await run { connection in
                let hook = try access.withClient(workspace: workspace, on: connection) {
                    try $0.createHook(repository: fullName, url: hookURL, secret: secret)
                }
                try RemoteStore(connection: connection).setHook(
                    hook, workspace: workspace, id: repository)
            }
            return true
        } catch {
            Self.logger.notice(
                "no webhook was set up",
                metadata: ["repository": "\(repository)", "error": "\(error)"])
            return false
        }
    }

    /// Takes a webhook away again, where GitHub lets it; what it would still send is refused.
    func deleteHook(workspace: Int, hook: Int, fullName: String) async {
        do {
            try await run { connection in
                try access.withClient(workspace: workspace, on: connection) {
                    try $0.deleteHook(hook, repository: fullName)
                }
            }
        } catch {
            Self.logger.notice(
                "a webhook stays at GitHub", metadata: ["hook": "\(hook)", "error": "\(error)"])
        }
    }

    // MARK: Errors

    /// Runs what may wait for GitHub, and says in the API's words what went wrong.
    @discardableResult
    private func run<R: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> R
    ) async throws -> R {
        do {
            return try await pool.withConnection(body)
        } catch let error as GitHubError {
            throw APIRefusal(Self.kind(of: error), error.description)
        }
    }

    private static func kind(of error: GitHubError) -> APIRefusal.Kind {
        switch error.code {
        case .notConfigured, .unavailable, .malformedAnswer, .cancelled, .secretUnreadable,
            .rateLimited:
            .unavailable
        case .notConnected, .tokenInvalid: .conflict
        case .stateInvalid, .signInRefused, .forbidden: .forbidden
        case .notFound, .gone: .notFound
        case .rejected, .privateAddress: .invalid
        }
    }
}
