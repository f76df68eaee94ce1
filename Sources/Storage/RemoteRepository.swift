public import Postgres

/// A repository that lies elsewhere and is followed, as workers and the webhook see it.
public struct RemoteRepository: Sendable, Equatable {
    /// The number of its workspace.
    public var workspace: Int
    /// The name of its workspace in addresses.
    public var workspacePublicID: String
    /// Its number within the workspace.
    public var id: Int
    /// Its name, unique in the workspace.
    public var name: String
    /// Where it is.
    public var url: String
    /// Who keeps it: `git` or `github`.
    public var provider: String
    /// The provider's number for it, where that is known.
    public var providerID: Int?
    /// What it is fetched with, encrypted.
    public var encryptedCredentials: String?
    /// The secrets that its deliveries may be signed with, encrypted, the newest first.
    public var encryptedWebhookSecrets: [String]
    /// The ref that its HEAD names, where that is known.
    public var defaultRef: String?
    /// Whether the provider says that nothing is written to it any more.
    public var archived: Bool
    /// When the provider last said that it was deleted or hidden; nil once the remote has answered
    /// since.
    public var accessDoubtedAt: Timestamp?

    /// Whether the provider said that it was deleted or hidden, and the remote has not answered
    /// since.
    public var isAccessDoubted: Bool { accessDoubtedAt != nil }
}
