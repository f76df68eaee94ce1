/// How busy a ``Pool`` is at a moment.
public struct PoolUsage: Sendable, Equatable {
    /// Connections that tasks use.
    public let inUse: Int
    /// Connections that wait to be used.
    public let idle: Int
    /// Tasks that wait for a connection.
    public let waiting: Int
    /// How many connections there may be.
    public let limit: Int
}
