public import Postgres

/// A row of `api_keys`, without the hash.
public struct APIKeyRecord: Sendable, Equatable {
    /// The number of its workspace.
    public var workspace: Int
    /// Its id outside.
    public var publicID: String
    /// What its user calls it.
    public var name: String
    /// How its text begins.
    public var prefix: String
    /// What it may be used for.
    public var scopes: [String]
    /// The user's id outside.
    public var userPublicID: String
    /// When it was made.
    public var createdAt: Timestamp
    /// When it ends.
    public var expiresAt: Timestamp?
    /// When it was last used.
    public var lastUsedAt: Timestamp?
}
