/// The first step of connecting a GitHub account.
public struct OAuthStart: Sendable {
    /// Where the browser is to be sent.
    public let url: String
    /// The name of this attempt, which GitHub hands back.
    public let state: String
    /// What the account is asked for.
    public let scopes: [GitHubScope]
}

/// What an account may be asked for.
public struct GitHubScope: Sendable, Equatable {
    /// GitHub's name for it.
    public let name: String
    /// Why it is asked for, for people to read.
    public let reason: String

    /// What is asked for: to read repositories, also private ones, and to add webhooks.
    public static let all = [
        GitHubScope(
            name: "repo",
            reason: "read the repositories that you pick, their issues and pull requests, and add "
                + "a webhook to them")
    ]
}

/// The last step of connecting a GitHub account.
public struct OAuthCompletion: Sendable {
    /// The number of the workspace that the account is connected to.
    public let workspace: Int
    /// The public id of that workspace.
    public let workspacePublicID: String
    /// The user who began it, where there are users.
    public let user: Int?
    /// The account.
    public let account: ConnectedAccount
}
