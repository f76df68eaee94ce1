public import Postgres

/// A row of `memberships` with the user's.
public struct MemberRecord: Sendable, Equatable {
    /// The user's number.
    public var user: Int
    /// The user's id outside.
    public var publicID: String
    /// The user's address.
    public var email: String
    /// Whether the account is closed.
    public var isDisabled: Bool
    /// What the user may do.
    public var role: String
    /// Since when.
    public var createdAt: Timestamp
}
