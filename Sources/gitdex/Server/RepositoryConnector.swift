import API
import Cryptography
import Git
import Postgres
import Queue
import Storage
import Workers

/// Connects and forgets repositories, with what is secret about them encrypted.
struct RepositoryConnector: Sendable {
    let pool: Pool
    let fernet: Fernet
    let allowsPrivateRemotes: Bool
    /// What speaks with GitHub; nil where no account can be connected.
    let github: GitHubAssembly?

    private static let secretBytes = 32
    /// For so long the secret before the present one still signs.
    private static let previousSecretSeconds = 24 * 60 * 60

    /// Stores a repository and queues its first job, in one transaction.
    func connect(_ request: ConnectRequest) async throws -> ConnectedRepository {
        let address = try ConnectAddress(request.url, allowsPrivate: allowsPrivateRemotes)
        guard address.credentials == nil || request.credentials == nil else {
            throw APIRefusal(
                .invalid, "give the credentials in 'url' or in 'credentials', not in both")
        }
        guard let location = RemoteLocation(address.url) else {
            throw APIRefusal(.invalid, "'url' must be an address with https, http, ssh or file")
        }
        let secret = try Self.newSecret()
        let encryptedSecret = try fernet.encrypt(Array(secret.utf8))
        let credentials = try (address.credentials ?? request.credentials)
            .map { try fernet.encrypt(Self.stored($0)) }
        let isOfGitHub = location.host == "github.com" || github?.fullName(of: location) != nil
        let provider = request.provider ?? (isOfGitHub ? "github" : "git")
        let (workspace, id) = try await pool.withTransaction { connection in
            let store = try IndexStore(connection: connection, workspace: request.workspace)
            let made = try RemoteStore(connection: connection).connect(
                workspace: store.workspace, url: address.url, name: request.name,
                provider: provider, credentials: credentials, webhookSecret: encryptedSecret)
            try JobQueue(connection: connection).enqueue([(store.workspace, .repository(made.id))])
            return (store.workspace, made.id)
        }
        var isSetUp = false
        if provider == "github", let github, let name = github.fullName(of: location) {
            isSetUp = await github.createHook(
                workspace: workspace, repository: id, fullName: name, secret: secret)
            await github.synchroniseFirst(workspace: workspace, repository: id)
        }
        return ConnectedRepository(id: id, webhookSecret: secret, webhookIsSetUp: isSetUp)
    }

    /// Forgets a repository; its mirror is a cache that goes by itself.
    func disconnect(workspace: String, repository: Int) async throws {
        let (number, remote, hook) = try await pool.withTransaction { connection in
            let store = try IndexStore(connection: connection, workspace: workspace)
            let remotes = RemoteStore(connection: connection)
            let remote = try remotes.repository(workspace: store.workspace, id: repository)
            let hook = try remotes.hook(workspace: store.workspace, id: repository)
            try remotes.disconnect(workspace: store.workspace, id: repository)
            return (store.workspace, remote, hook)
        }
        if let github, let hook, let location = remote.flatMap({ RemoteLocation($0.url) }),
            let name = github.fullName(of: location)
        {
            await github.deleteHook(workspace: number, hook: hook, fullName: name)
        }
    }

    /// Changes what is secret about a repository, in one transaction; returns the new secret of its
    /// webhooks where one was asked for.
    func changeSecrets(_ change: SecretChange) async throws -> String? {
        let secret = try change.rotatesWebhookSecret ? Self.newSecret() : nil
        let encryptedSecret = try secret.map { try fernet.encrypt(Array($0.utf8)) }
        // Nil leaves them, a nil within takes them away.
        let credentials: String?? =
            switch change.credentials {
            case .kept: nil
            case .removed: .some(nil)
            case .replaced(let new): try fernet.encrypt(Self.stored(new))
            }
        let (number, remote, hook) = try await pool.withTransaction { connection in
            let number = try IndexStore(
                connection: connection, workspace: change.workspace
            ).workspace
            let store = RemoteStore(connection: connection)
            if let encryptedSecret {
                try store.setWebhookSecret(
                    encryptedSecret, keepingPreviousFor: Self.previousSecretSeconds,
                    workspace: number, id: change.repository)
            }
            if let credentials {
                try store.setCredentials(credentials, workspace: number, id: change.repository)
                // The ones before may be why its remote refused.
                try JobQueue(connection: connection).endRest(
                    workspace: number, scope: JobRequest.scope(ofRepository: change.repository))
            }
            return (
                number, try store.repository(workspace: number, id: change.repository),
                try store.hook(workspace: number, id: change.repository)
            )
        }
        // The webhook that was set up here signs with the new secret from now on.
        if let secret, let github, hook != nil,
            let location = remote.flatMap({ RemoteLocation($0.url) }),
            let name = github.fullName(of: location)
        {
            _ = await github.createHook(
                workspace: number, repository: change.repository, fullName: name, secret: secret)
        }
        return secret
    }

    private static func newSecret() throws -> String {
        try SecureRandom.bytes(secretBytes)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Credentials as workers read them.
    private static func stored(_ credentials: ConnectRequest.Credentials) -> [UInt8] {
        switch credentials {
        case .token(let token, let username):
            StoredCredentials(token: token, username: username).encoded()
        case .sshKey(let key, let passphrase):
            StoredCredentials(privateKey: key, passphrase: passphrase).encoded()
        }
    }
}
