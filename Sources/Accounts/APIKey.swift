public import Postgres

/// A key for programs, as it is listed: without its secret.
public struct APIKey: Sendable, Equatable {
    /// How the text of every key begins.
    static let textPrefix = "gdx_"

    /// Its id.
    public let id: String
    /// What its user calls it.
    public let name: String
    /// How its text begins.
    public let prefix: String
    /// What it may be used for.
    public let scopes: Set<Scope>
    /// The id of the user it works for.
    public let userID: String
    /// When it was made.
    public let createdAt: Timestamp
    /// When it ends; nil for never.
    public let expiresAt: Timestamp?
    /// When it was last used, to the minute; nil for never.
    public let lastUsedAt: Timestamp?
}

/// A key that was just made.
public struct NewAPIKey: Sendable {
    /// What was made.
    public let key: APIKey
    /// The whole key, `gdx_…`, shown this once; stored as a hash only.
    public let text: String
}
