public import Git
import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Turns what is stored of a repository into how its remote is spoken to.
public struct RemoteAccess: Sendable {
    /// What every remote is spoken to with, besides the credentials.
    public var options: RemoteOptions
    /// Decrypts what is stored encrypted.
    private let decrypt: @Sendable (String) throws -> [UInt8]

    /// Makes the access.
    ///
    /// - Parameters:
    ///   - options: What every remote is spoken to with, besides the credentials.
    ///   - decrypt: Decrypts what is stored encrypted.
    public init(
        options: RemoteOptions = RemoteOptions(),
        decrypt: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.options = options
        self.decrypt = decrypt
    }

    /// How a repository's remote is spoken to.
    func options(
        for repository: RemoteRepository, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RemoteOptions {
        var options = options
        options.progress = { _, _ in !isCancelled() }
        guard let encrypted = repository.encryptedCredentials else { return options }
        do {
            options.credentials = try Self.credentials(decrypt(encrypted))
        } catch {
            throw WorkerError(
                code: .credentialsUnreadable,
                message: "the stored credentials of \(repository.name) cannot be read",
                remedy: "check ENCRYPTION_KEY, or connect the repository again")
        }
        return options
    }

    private struct Stored: Decodable {
        let token: String?
        let username: String?
        let password: String?
        let privateKey: String?
        let passphrase: String?

        private enum CodingKeys: String, CodingKey {
            case token, username, password, passphrase
            case privateKey = "private_key"
        }
    }

    /// Reads credentials: a token as it is, or a JSON object with `token`, with `username` and
    /// `password`, or with `private_key` and perhaps `passphrase`.
    ///
    /// - Parameter bytes: The decrypted text.
    /// - Returns: The credentials.
    /// - Throws: When it is neither.
    static func credentials(_ bytes: [UInt8]) throws -> RemoteCredentials {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        let text = String(
            decoding: bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed(),
            as: UTF8.self)
        guard text.hasPrefix("{") else {
            if text.hasPrefix("-----BEGIN") {
                return .sshKey(privateKey: text + "\n", passphrase: nil)
            }
            return .token(username: tokenUser, password: text)
        }
        let stored = try JSONDecoder().decode(Stored.self, from: Data(bytes))
        if let key = stored.privateKey {
            return .sshKey(privateKey: key, passphrase: stored.passphrase)
        }
        guard let password = stored.token ?? stored.password else {
            throw WorkerError(
                code: .credentialsUnreadable, message: "the credentials hold no secret",
                remedy: "give a token, a password or a private key")
        }
        return .token(username: stored.username ?? tokenUser, password: password)
    }

    /// The user name that GitHub, GitLab and Gitea take with a token.
    private static let tokenUser = "x-access-token"
}
