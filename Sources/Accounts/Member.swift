public import Postgres

/// A user as a member of a workspace.
public struct Member: Sendable, Equatable {
    /// The user's id in answers.
    public let userID: String
    /// The user's address.
    public let email: String
    /// What the user may do here.
    public let role: Role
    /// Whether the account was closed.
    public let isDisabled: Bool
    /// Since when.
    public let since: Timestamp
}
