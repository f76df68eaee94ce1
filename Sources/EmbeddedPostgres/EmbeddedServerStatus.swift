/// How things stand with the embedded server.
public struct EmbeddedServerStatus: Sendable {
    /// What the server is doing.
    public enum State: String, Sendable {
        /// No data has been created yet.
        case notInitialised
        /// There is data, and no server runs.
        case stopped
        /// The server is starting, recovering or stopping.
        case changing
        /// The server takes connections.
        case running
    }

    /// What the server is doing.
    public let state: State
    /// The server's process, where there is one.
    public let processID: Int?
    /// The libpq URL of its database.
    public let url: String
    /// The directory of its data.
    public let clusterDirectory: String
    /// The file of its messages.
    public let logFile: String
}
