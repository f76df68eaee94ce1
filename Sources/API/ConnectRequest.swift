/// A repository that is to be connected.
public struct ConnectRequest: Sendable {
    /// How the repository's host is told who asks; never printed.
    public enum Credentials: Sendable {
        /// A token, and the user's name that goes with it where the host wants one.
        case token(String, username: String?)
        /// A private key for SSH, and what it is locked with.
        case sshKey(String, passphrase: String?)
    }

    /// The workspace's public id.
    public let workspace: String
    /// Where the repository is.
    public let url: String
    /// The name it should have; nil takes one from the address.
    public let name: String?
    /// `git` or `github`; nil finds out from the address.
    public let provider: String?
    /// How to be let in.
    public let credentials: Credentials?
}
