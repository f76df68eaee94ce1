public import Postgres

/// A row of `invitations`, without the hash.
public struct InvitationRecord: Sendable, Equatable {
    /// The number of its workspace.
    public var workspace: Int
    /// Its id outside.
    public var publicID: String
    /// Who is invited.
    public var email: String
    /// What the new member may do.
    public var role: String
    /// When it was made.
    public var createdAt: Timestamp
    /// Until when it can be accepted.
    public var expiresAt: Timestamp
}
