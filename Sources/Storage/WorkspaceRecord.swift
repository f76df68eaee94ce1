public import Postgres

/// A row of `workspaces`, perhaps with the role that a member has in it.
public struct WorkspaceRecord: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// Its id outside.
    public var publicID: String
    /// Its name.
    public var name: String
    /// When it was made.
    public var createdAt: Timestamp
    /// The role of the member who was asked about.
    public var role: String?
}
