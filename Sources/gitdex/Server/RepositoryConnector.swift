import API
import Cryptography
import Git
import Postgres
import Queue
import Storage
import Workers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Connects and forgets repositories, with what is secret about them encrypted.
struct RepositoryConnector: Sendable {
    let pool: Pool
    let fernet: Fernet
    let allowsPrivateRemotes: Bool

    private static let secretBytes = 32

    /// Stores a repository and queues its first job, in one transaction.
    func connect(_ request: ConnectRequest) async throws -> ConnectedRepository {
        let address = try Self.address(request)
        guard let location = RemoteLocation(address.url) else {
            throw APIRefusal(
                .invalid, "'url' must be an address with https, http, ssh, git or file")
        }
        guard location.host != nil || allowsPrivateRemotes else {
            throw APIRefusal(
                .invalid,
                "paths on the server are not connected, unless it is started with "
                    + "GITDEX_ALLOW_PRIVATE_REMOTES=1")
        }
        let secret = try SecureRandom.bytes(Self.secretBytes)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let encryptedSecret = try fernet.encrypt(Array(secret.utf8))
        let credentials = try address.credentials.map { try fernet.encrypt(Self.stored($0)) }
        let provider = request.provider ?? (location.host == "github.com" ? "github" : "git")
        let id = try await pool.withTransaction { connection in
            let store = try IndexStore(connection: connection, workspace: request.workspace)
            let made = try RemoteStore(connection: connection).connect(
                workspace: store.workspace, url: address.url, name: request.name,
                provider: provider, credentials: credentials, webhookSecret: encryptedSecret)
            try JobQueue(connection: connection).enqueue([(store.workspace, .repository(made.id))])
            return made.id
        }
        return ConnectedRepository(id: id, webhookSecret: secret)
    }

    /// Forgets a repository; its mirror is a cache that goes by itself.
    func disconnect(workspace: String, repository: Int) async throws {
        try await pool.withTransaction { connection in
            let store = try IndexStore(connection: connection, workspace: workspace)
            try RemoteStore(connection: connection).disconnect(
                workspace: store.workspace, id: repository)
        }
    }

    /// The address without a password, which is kept encrypted instead.
    private static func address(
        _ request: ConnectRequest
    ) throws -> (url: String, credentials: ConnectRequest.Credentials?) {
        let url = request.url
        guard url.lowercased().hasPrefix("http"), let scheme = url.firstRange(of: "://") else {
            return (url, request.credentials)
        }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return (url, request.credentials) }
        guard request.credentials == nil else {
            throw APIRefusal(
                .invalid, "give the credentials in 'url' or in 'credentials', not in both")
        }
        let parts = authority[..<at].split(separator: ":", maxSplits: 1).map(String.init)
        let plain = String(url[..<scheme.upperBound] + rest[rest.index(after: at)...])
        let decoded = parts.map { Self.decoded($0) }
        return switch decoded.count {
        case 2: (plain, .token(decoded[1], username: decoded[0]))
        case 1: (plain, .token(decoded[0], username: nil))
        default: (plain, nil)
        }
    }

    /// A part of an address without its percent signs.
    private static func decoded(_ text: String) -> String {
        GitPath(percentEncoded: text).map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
    }

    private struct Stored: Encodable {
        enum CodingKeys: String, CodingKey {
            case token, username, passphrase
            case privateKey = "private_key"
        }

        var token, username, privateKey, passphrase: String?
    }

    /// Credentials as workers read them.
    private static func stored(_ credentials: ConnectRequest.Credentials) throws -> [UInt8] {
        var stored = Stored()
        switch credentials {
        case .token(let token, let username):
            stored.token = token
            stored.username = username
        case .sshKey(let key, let passphrase):
            stored.privateKey = key
            stored.passphrase = passphrase
        }
        return Array(try JSONEncoder().encode(stored))
    }
}
