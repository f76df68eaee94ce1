public import Postgres

/// An invitation into a workspace, as it is listed: without its token.
public struct Invitation: Sendable, Equatable {
    /// Its id.
    public let id: String
    /// Who is invited; only an account of this address can accept.
    public let email: String
    /// What the new member may do.
    public let role: Role
    /// When it was made.
    public let createdAt: Timestamp
    /// Until when it can be accepted.
    public let expiresAt: Timestamp
}

/// An invitation that was just made.
public struct NewInvitation: Sendable {
    /// What was made.
    public let invitation: Invitation
    /// What the invited present, shown this once; stored as a hash only.
    public let token: String
}
