public import Postgres

/// Something that happened in a workspace, as browsers are told of it.
public struct StoredEvent: Sendable, Equatable {
    /// Its number, greater than those of all events before it in its workspace.
    public var id: Int
    /// What happened: `index` or `job`.
    public var kind: String
    /// What it happened to, a JSON object.
    public var payload: String
    /// When it happened.
    public var createdAt: Timestamp
}
