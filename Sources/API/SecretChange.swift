/// What is to be changed of a repository's secrets.
public struct SecretChange: Sendable {
    /// The workspace's public id.
    public let workspace: String
    /// The repository's number.
    public let repository: Int
    /// Whether its webhooks get a new secret; the one before stays valid for 24 hours.
    public let rotatesWebhookSecret: Bool
    /// What it is fetched with from now on; nil leaves that as it is.
    public let credentials: ConnectRequest.Credentials?
}
