/// A repository that has been connected.
public struct ConnectedRepository: Sendable {
    /// Its number within the workspace.
    public let id: Int
    /// What its webhooks are signed with; shown this once.
    public let webhookSecret: String
    /// Whether the provider has been told to send webhooks; otherwise it is done by hand.
    public let webhookIsSetUp: Bool

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - id: Its number within the workspace.
    ///   - webhookSecret: What its webhooks are signed with.
    ///   - webhookIsSetUp: Whether the provider has been told to send webhooks.
    public init(id: Int, webhookSecret: String, webhookIsSetUp: Bool = false) {
        self.id = id
        self.webhookSecret = webhookSecret
        self.webhookIsSetUp = webhookIsSetUp
    }
}
