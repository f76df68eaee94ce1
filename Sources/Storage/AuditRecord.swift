public import Postgres

/// A row of `audit`, with the address of the user who acted.
public struct AuditRecord: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// When it happened.
    public var at: Timestamp
    /// Who did it.
    public var actor: String
    /// The address of the user who did it, where it was one.
    public var actorEmail: String?
    /// What happened.
    public var event: String
    /// Whom or what it happened to.
    public var subject: String?
    /// The client's network address.
    public var address: String?
    /// The request's id.
    public var requestID: String?
}
