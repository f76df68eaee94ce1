public import Postgres

/// Somebody with an account.
public struct User: Sendable, Equatable {
    /// The number within this database; never shown.
    public let id: Int
    /// The id in answers and tokens: random, of letters and digits.
    public let publicID: String
    /// The address, in the form of ``EmailAddress``.
    public let email: String
    /// Whether the account was closed; nothing works with it then.
    public let isDisabled: Bool
    /// When the account was made.
    public let createdAt: Timestamp
    /// When a login last succeeded; nil for never.
    public let lastLoginAt: Timestamp?

    init(
        id: Int, publicID: String, email: String, isDisabled: Bool, createdAt: Timestamp,
        lastLoginAt: Timestamp?
    ) {
        self.id = id
        self.publicID = publicID
        self.email = email
        self.isDisabled = isDisabled
        self.createdAt = createdAt
        self.lastLoginAt = lastLoginAt
    }
}
