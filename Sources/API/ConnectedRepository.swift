/// A repository that has been connected.
public struct ConnectedRepository: Sendable {
    /// Its number within the workspace.
    public let id: Int
    /// What its webhooks are signed with; shown this once.
    public let webhookSecret: String

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - id: Its number within the workspace.
    ///   - webhookSecret: What its webhooks are signed with.
    public init(id: Int, webhookSecret: String) {
        self.id = id
        self.webhookSecret = webhookSecret
    }
}
