/// What is to be changed of a repository's secrets.
public struct SecretChange: Sendable {
    /// What becomes of what a repository is fetched with; never printed.
    public enum Credentials: Sendable {
        /// They stay as they are.
        case kept
        /// There are none from now on.
        case removed
        /// These hold from now on.
        case replaced(ConnectRequest.Credentials)
    }

    /// The workspace's public id.
    public let workspace: String
    /// The repository's number.
    public let repository: Int
    /// Whether its webhooks get a new secret; the one before stays valid for 24 hours.
    public let rotatesWebhookSecret: Bool
    /// What it is fetched with from now on.
    public let credentials: Credentials
}
