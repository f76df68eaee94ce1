public import Postgres

/// The GitHub account of a workspace, without its secrets.
public struct ConnectedAccount: Sendable {
    /// How it is spoken for.
    public enum Kind: String, Sendable {
        /// By the token of a user.
        case user
        /// By a GitHub App that is installed for it.
        case installation
    }

    /// How it is spoken for.
    public var kind: Kind
    /// Its name at GitHub.
    public var login: String
    /// What it was granted.
    public var scopes: [String]
    /// The number of the GitHub App's installation, where it is spoken for by one.
    public var installation: Int?
    /// When it was connected.
    public var connectedAt: Timestamp
    /// When its token ends, where it does.
    public var expiresAt: Timestamp?
    /// Since when GitHub does not take its token any more; nil while it does.
    public var invalidSince: Timestamp?
    /// Why not, for people to read.
    public var invalidReason: String?
}
