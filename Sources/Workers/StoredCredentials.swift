public import Git

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How the credentials of a repository are written before they are encrypted: a JSON object with
/// `token` and perhaps `username`, or with `private_key` and perhaps `passphrase`.
public struct StoredCredentials: Sendable {
    /// The user name that GitHub, GitLab and Gitea take with a token.
    private static let tokenUser = "x-access-token"

    /// What a remote is spoken to with.
    public let credentials: RemoteCredentials

    /// Credentials of a token, or of a password.
    ///
    /// - Parameters:
    ///   - token: The token or password.
    ///   - username: The user's name, where the host wants one.
    public init(token: String, username: String? = nil) {
        credentials = .token(username: username ?? Self.tokenUser, password: token)
    }

    /// Credentials of a key for SSH.
    ///
    /// - Parameters:
    ///   - privateKey: The key as its file holds it.
    ///   - passphrase: What it is locked with.
    public init(privateKey: String, passphrase: String? = nil) {
        credentials = .sshKey(privateKey: privateKey, passphrase: passphrase)
    }

    /// Reads what ``encoded()`` wrote; a text that is no JSON object is a key or a token as it is.
    ///
    /// - Parameter bytes: The decrypted text.
    /// - Throws: ``WorkerError`` when it holds no credentials.
    public init(decoding bytes: [UInt8]) throws(WorkerError) {
        let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
        let text = String(
            decoding: bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed(),
            as: UTF8.self)
        if text.hasPrefix("{") {
            guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(text.utf8)) else {
                throw Self.unreadable
            }
            if let key = stored.privateKey {
                self.init(privateKey: key, passphrase: stored.passphrase)
            } else if let token = stored.token ?? stored.password {
                self.init(token: token, username: stored.username)
            } else {
                throw Self.unreadable
            }
        } else if text.hasPrefix("-----BEGIN") {
            self.init(privateKey: text + "\n")
        } else if !text.isEmpty {
            self.init(token: text)
        } else {
            throw Self.unreadable
        }
    }

    /// Writes the credentials, to be encrypted.
    ///
    /// - Returns: The JSON object.
    public func encoded() -> [UInt8] {
        var stored = Stored()
        switch credentials {
        case .token(let username, let password):
            stored.token = password
            if username != Self.tokenUser { stored.username = username }
        case .sshKey(let privateKey, let passphrase):
            stored.privateKey = privateKey
            stored.passphrase = passphrase
        case .none, .sshAgent:
            break
        }
        return (try? JSONEncoder().encode(stored)).map(Array.init) ?? []
    }

    private static var unreadable: WorkerError {
        WorkerError(
            code: .credentialsUnreadable, message: "the stored credentials hold no secret",
            remedy: "give a token, a password or a private key")
    }

    private struct Stored: Codable {
        var token: String?
        var username: String?
        var password: String?
        var privateKey: String?
        var passphrase: String?

        private enum CodingKeys: String, CodingKey {
            case token, username, password, passphrase
            case privateKey = "private_key"
        }
    }
}
