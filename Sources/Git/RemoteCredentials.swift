/// What a remote is told when it asks who wants to read it.
///
/// The secrets are given to the remote's own host only, never to one it redirects to, and they stand
/// in no description, error or dump.
public enum RemoteCredentials: Sendable {
    /// Nothing; a remote that asks is not read.
    case none
    /// A user name with a password or access token, for HTTPS, or for SSH where passwords are let in.
    case token(username: String, password: String)
    /// The text of a private key for SSH, with the passphrase that opens it.
    ///
    /// RSA keys need libssh2 1.11 or newer, as servers refuse the signatures older ones make;
    /// Ed25519 and ECDSA keys work with all.
    case sshKey(privateKey: String, passphrase: String?)
    /// The keys of the SSH agent of this user.
    case sshAgent

    /// The secrets themselves, to be taken out of texts.
    var secrets: [String] {
        switch self {
        case .none, .sshAgent: []
        case .token(let username, let password): [password, username]
        case .sshKey(let privateKey, let passphrase): [privateKey, passphrase ?? ""]
        }
    }
}

extension RemoteCredentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The kind of credentials, without any secret.
    public var description: String {
        switch self {
        case .none: "none"
        case .token: "token"
        case .sshKey: "ssh key"
        case .sshAgent: "ssh agent"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror that shows nothing.
    public var customMirror: Swift.Mirror { Swift.Mirror(self, children: []) }
}
