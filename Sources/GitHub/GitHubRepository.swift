/// A repository at GitHub, as an account sees it.
public struct GitHubRepository: Sendable, Equatable {
    /// Its number, which stays the same when it is renamed.
    public let id: Int
    /// Its owner and name, such as `octocat/Hello-World`.
    public let fullName: String
    /// Where it is cloned from.
    public let cloneURL: String
    /// Where people see it.
    public let webURL: String
    /// What it is, in its owner's words.
    public let summary: String?
    /// The branch that it shows.
    public let defaultBranch: String?
    /// Whether only some may see it.
    public let isPrivate: Bool
    /// Whether it is kept and not changed any more.
    public let isArchived: Bool
    /// Whether the account may add webhooks to it.
    public let isAdministrable: Bool
    /// Whether it has discussions.
    public let hasDiscussions: Bool
    /// When it was last pushed to, as GitHub writes it.
    public let pushedAt: String?

    init?(_ document: JSONValue) {
        guard let id = document["id"]?.int, let name = document["full_name"]?.string,
            let clone = document["clone_url"]?.string
        else { return nil }
        self.id = id
        fullName = name
        cloneURL = clone
        webURL = document["html_url"]?.string ?? ""
        summary = document["description"]?.string
        defaultBranch = document["default_branch"]?.string
        isPrivate = document["private"]?.bool ?? true
        isArchived = document["archived"]?.bool ?? false
        isAdministrable = document["permissions"]?["admin"]?.bool ?? false
        hasDiscussions = document["has_discussions"]?.bool ?? false
        pushedAt = document["pushed_at"]?.string
    }
}

/// A page of the repositories that an account sees.
public struct GitHubRepositoryPage: Sendable {
    /// The repositories, by name.
    public var repositories: [GitHubRepository]
    /// Where the next page begins; nil after the last.
    public var nextOffset: Int?
}

/// A user of GitHub.
public struct GitHubUser: Sendable, Equatable {
    /// The user's number.
    public let id: Int
    /// The user's name.
    public let login: String
}

/// A GitHub App as it is installed for somebody.
public struct GitHubInstallation: Sendable, Equatable {
    /// Its number.
    public let id: Int
    /// The user or organisation that it is installed for.
    public let account: String
}
