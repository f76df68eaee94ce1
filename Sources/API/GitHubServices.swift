/// What the GitHub account that is connected to a workspace can do; the command that starts the
/// server puts this together.
public struct GitHubServices: Sendable {
    /// Who connects an account, and in which browser.
    public struct Start: Sendable {
        /// The workspace's number.
        public let workspace: Int
        /// The number of the user who is signed in.
        public let user: Int
        /// A random text that only this browser has, as a cookie.
        public let browser: String
    }

    /// Where a browser is sent, and what is asked for there.
    public struct Started: Sendable {
        /// The page of GitHub's.
        public let url: String
        /// What the account is asked to allow, each with the reason.
        public let scopes: [(name: String, reason: String)]

        /// Makes an answer; the parameters are its properties.
        public init(url: String, scopes: [(name: String, reason: String)]) {
            self.url = url
            self.scopes = scopes
        }
    }

    /// What the browser brings back from GitHub.
    public struct Callback: Sendable {
        /// What GitHub gives a token for; nil where it gives none.
        public let code: String?
        /// Why GitHub gives none, in its word.
        public let error: String?
        /// What was sent along at the start.
        public let state: String
        /// The text of the browser's cookie; nil where it bears none.
        public let browser: String?
    }

    /// An account that has been connected.
    public struct Connected: Sendable {
        /// The workspace's number.
        public let workspace: Int
        /// The workspace's public id.
        public let workspacePublicID: String
        /// The account's name at GitHub.
        public let login: String

        /// Makes an answer; the parameters are its properties.
        public init(workspace: Int, workspacePublicID: String, login: String) {
            self.workspace = workspace
            self.workspacePublicID = workspacePublicID
            self.login = login
        }
    }

    /// The account of a workspace, as it stands.
    public struct Account: Sendable {
        /// The account's name at GitHub.
        public let login: String
        /// What its token may do.
        public let scopes: [String]
        /// Whether GitHub still takes the token.
        public let isValid: Bool

        /// Makes an answer; the parameters are its properties.
        public init(login: String, scopes: [String], isValid: Bool) {
            self.login = login
            self.scopes = scopes
            self.isValid = isValid
        }
    }

    /// A repository that the account can see.
    public struct Repository: Sendable {
        /// GitHub's number for it.
        public let id: Int
        /// Its owner and name, with a slash between them.
        public let fullName: String
        /// Where it is cloned from.
        public let cloneURL: String
        /// Whether others can see it too.
        public let isPrivate: Bool
        /// The branch that it opens with; nil for an empty one.
        public let defaultBranch: String?
        /// Whether the account may set up webhooks for it.
        public let isAdministered: Bool

        /// Makes an answer; the parameters are its properties.
        public init(
            id: Int, fullName: String, cloneURL: String, isPrivate: Bool, defaultBranch: String?,
            isAdministered: Bool
        ) {
            self.id = id
            self.fullName = fullName
            self.cloneURL = cloneURL
            self.isPrivate = isPrivate
            self.defaultBranch = defaultBranch
            self.isAdministered = isAdministered
        }
    }

    /// How far the synchronisation of one kind of data of one repository is.
    public struct SyncState: Sendable {
        /// The repository's number.
        public let repository: Int
        /// The repository's name.
        public let name: String
        /// The kind of data, such as `issues`.
        public let kind: String
        /// `never`, `running`, `done` or `failed`.
        public let state: String
        /// When it was last complete, in seconds since 1970; nil for never.
        public let completedAt: Double?
        /// Why it stands still; nil where it does not.
        public let problem: String?

        /// Makes an answer; the parameters are its properties.
        public init(
            repository: Int, name: String, kind: String, state: String,
            completedAt: Double?, problem: String?
        ) {
            self.repository = repository
            self.name = name
            self.kind = kind
            self.state = state
            self.completedAt = completedAt
            self.problem = problem
        }
    }

    /// A page of repositories.
    public struct Page: Sendable {
        /// The repositories.
        public let repositories: [Repository]
        /// How many come before the next page; nil after the last.
        public let next: Int?

        /// Makes an answer; the parameters are its properties.
        public init(repositories: [Repository], next: Int?) {
            self.repositories = repositories
            self.next = next
        }
    }

    /// Returns the page of GitHub's that the browser is sent to.
    public var start: @Sendable (Start) async throws -> Started
    /// Takes what the browser brought back, and keeps the account.
    public var callback: @Sendable (Callback) async throws -> Connected
    /// Returns the account of a workspace; nil where none is connected.
    public var account: @Sendable (_ workspace: Int) async throws -> Account?
    /// Forgets the account of a workspace; false where there was none.
    public var disconnect: @Sendable (_ workspace: Int) async throws -> Bool
    /// Lists what the account sees, after so many.
    public var repositories:
        @Sendable (_ workspace: Int, _ after: Int, _ search: String?) async throws -> Page
    /// Queues the synchronisation of one repository, or of all with nil; returns the jobs.
    public var synchronise: @Sendable (_ workspace: Int, _ repository: Int?) async throws -> [Int]
    /// Tells how far the synchronisation of each repository is.
    public var syncStates: @Sendable (_ workspace: Int) async throws -> [SyncState]

    /// Makes services; the parameters are its properties.
    public init(
        start: @escaping @Sendable (Start) async throws -> Started,
        callback: @escaping @Sendable (Callback) async throws -> Connected,
        account: @escaping @Sendable (_ workspace: Int) async throws -> Account?,
        disconnect: @escaping @Sendable (_ workspace: Int) async throws -> Bool,
        repositories:
            @escaping @Sendable (_ workspace: Int, _ after: Int, _ search: String?) async throws ->
            Page,
        synchronise:
            @escaping @Sendable (_ workspace: Int, _ repository: Int?) async throws -> [Int],
        syncStates: @escaping @Sendable (_ workspace: Int) async throws -> [SyncState]
    ) {
        self.start = start
        self.callback = callback
        self.account = account
        self.disconnect = disconnect
        self.repositories = repositories
        self.synchronise = synchronise
        self.syncStates = syncStates
    }
}
