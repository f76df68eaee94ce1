internal import Accounts
internal import Cryptography
internal import HTTPTypes
internal import Hummingbird

/// The GitHub account of a workspace: connected through the browser, looked at, and forgotten.
struct GitHubRoutes: Sendable {
    let gate: AccountGate
    let github: GitHubServices?
    let isSecure: Bool

    var routes: [Route] { [start, callback, account, disconnect, repositories] }

    private static let path = WorkspaceRoutes.path + "/github"
    private static let callbackPath = "/v1/auth/github/callback"
    private static let browserBytes = 32
    /// Nobody has more repositories than this.
    private static let listLimit = 1_000_000
    /// The page that shows what could not be done, where the way back does not lead to a workspace.
    private static let page = "/ui"

    /// What GitHub's account can do.
    ///
    /// - Throws: ``Problem`` where none can be connected.
    private func services() throws(Problem) -> GitHubServices {
        _ = try gate.services()
        guard let github else {
            throw Problem(
                .unavailable,
                "GitHub is not set up: set GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET and "
                    + "GITDEX_PUBLIC_URL")
        }
        return github
    }

    // MARK: The way there

    private struct StartDocument: Encodable {
        struct Scope: Encodable { let name, reason: String }

        let url: String
        let scopes: [Scope]
    }

    private var start: Route {
        Route(
            method: .get, path: "/v1/auth/github/start",
            access: .workspace(.admin, nil, in: .query),
            operation: Operation(
                id: "startGitHub", tag: "github",
                summary: "Begins to connect a GitHub account to a workspace.",
                description: """
                    Redirects to GitHub, which asks the user and sends the browser back. With \
                    `Accept: application/json` the address is in the answer instead, with what \
                    will be asked for. The browser gets a cookie, without which the way back ends \
                    in 403.
                    """,
                parameters: [
                    .query(
                        "workspace", Schema.text(1...64), "The workspace's id.", isRequired: true)
                ],
                answers: [
                    .json(200, "GitHubStart", "Where to send the browser."),
                    Operation.Answer(
                        status: 303, description: "Go to GitHub.", headers: ["Location"]),
                ], problems: [.unavailable]),
            handle: answerStart)
    }

    @Sendable private func answerStart(_ request: APIRequest) async throws -> Response {
        let github = try services()
        let membership = try request.membership()
        guard let user = try request.principal().user else {
            throw Problem.notFound("nobody is signed in")
        }
        let browser = try SecureRandom.bytes(Self.browserBytes)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let started = try await github.start(
            GitHubServices.Start(
                workspace: membership.workspace, user: user.id, browser: browser))
        try await gate.record(.githubStarted, request, subject: nil)
        var response: Response
        if request.headers[.accept]?.contains("application/json") == true {
            response = Answer.json(
                StartDocument(
                    url: started.url,
                    scopes: started.scopes.map { .init(name: $0.name, reason: $0.reason) }))
        } else {
            response = Answer.redirect(to: started.url)
        }
        response.headers.append(
            BrowserCookie.github.field(browser, isSecure: isSecure))
        return response
    }

    // MARK: The way back

    private var callback: Route {
        Route(
            method: .get, path: Self.callbackPath, access: .anyone,
            operation: Operation(
                id: "finishGitHub", tag: "github",
                summary: "Takes a browser back from GitHub.",
                description: """
                    GitHub calls it by way of the browser. `state` is good once, for ten minutes, \
                    in the browser that began and for the user and workspace that it began with.
                    """,
                parameters: [
                    .query("code", Schema.text(1...512), "What GitHub gives a token for."),
                    .query("state", Schema.text(1...512), "What was sent along."),
                    .query("error", Schema.text(1...128), "Why GitHub gives nothing."),
                    .query("error_description", Schema.text(1...1024), "The same in words."),
                    .query("error_uri", Schema.text(1...1024), "Where more is said."),
                    .query("installation_id", Schema.text(1...32), "An installed app's number."),
                    .query("setup_action", Schema.text(1...32), "What was done with the app."),
                    .query("iss", Schema.text(1...512), "Who answers."),
                ],
                answers: [
                    Operation.Answer(
                        status: 303, description: "Go to the page of the workspace.",
                        headers: ["Location"])
                ], problems: [.forbidden, .unavailable]),
            throttling: .login, handle: answerCallback)
    }

    @Sendable private func answerCallback(_ request: APIRequest) async throws -> Response {
        let query = try request.query()
        let github = try services()
        let state = try query.required("state")
        let error = try query.one("error")
        let code = error == nil ? try query.required("code") : nil
        do {
            let connected = try await github.callback(
                GitHubServices.Callback(
                    code: code, error: error, state: state,
                    browser: BrowserCookie.github.value(in: request.headers)))
            await gate.authority.record(
                .githubConnected, workspace: connected.workspace, actor: "browser",
                subject: connected.login, request.context)
            return forgetting(Answer.redirect(to: Self.page + "#" + connected.workspacePublicID))
        } catch let refusal as APIRefusal where refusal.kind == .forbidden {
            await recordRefusal(request, refusal.message)
            // Nothing of what GitHub says is repeated: anybody could have written it.
            if error != nil {
                return forgetting(Answer.redirect(to: Self.page + "#github-refused"))
            }
            throw refusal
        }
    }

    private func forgetting(_ response: Response) -> Response {
        var response = response
        response.headers.append(BrowserCookie.github.field(nil, isSecure: isSecure))
        return response
    }

    private func recordRefusal(_ request: APIRequest, _ why: String) async {
        await gate.authority.record(
            .githubRefused, workspace: nil, actor: "stranger", subject: why, request.context)
    }

    // MARK: The account

    private struct AccountDocument: Encodable {
        enum CodingKeys: String, CodingKey {
            case login, scopes
            case isValid = "is_valid"
        }

        let login: String
        let scopes: [String]
        let isValid: Bool
    }

    private var account: Route {
        Route(
            method: .get, path: Self.path, access: .workspace(.reader, .admin),
            operation: Operation(
                id: "showGitHub", tag: "github", summary: "Shows the workspace's GitHub account.",
                parameters: [.workspace],
                answers: [.json(200, "GitHubAccount", "The account.")], problems: [.unavailable])
        ) { request in
            let github = try services()
            guard let account = try await github.account(try request.membership().workspace) else {
                throw Problem.notFound("no GitHub account is connected")
            }
            return Answer.json(
                AccountDocument(
                    login: account.login, scopes: account.scopes, isValid: account.isValid))
        }
    }

    private var disconnect: Route {
        Route(
            method: .delete, path: Self.path, access: .workspace(.admin, nil),
            operation: Operation(
                id: "disconnectGitHub", tag: "github",
                summary: "Forgets the workspace's GitHub account; its repositories stay.",
                parameters: [.workspace], answers: [.empty(204, "It is forgotten.")],
                problems: [.unavailable])
        ) { request in
            let github = try services()
            guard try await github.disconnect(try request.membership().workspace) else {
                throw Problem.notFound("no GitHub account is connected")
            }
            try await gate.record(.githubDisconnected, request, subject: nil)
            return Answer.empty(.noContent)
        }
    }

    // MARK: Its repositories

    private struct Repository: Encodable {
        enum CodingKeys: String, CodingKey {
            case id
            case fullName = "full_name"
            case cloneURL = "clone_url"
            case isPrivate = "private"
            case defaultBranch = "default_branch"
            case isAdministered = "can_create_webhook"
        }

        let repository: GitHubServices.Repository

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(repository.id, forKey: .id)
            try container.encode(repository.fullName, forKey: .fullName)
            try container.encode(repository.cloneURL, forKey: .cloneURL)
            try container.encode(repository.isPrivate, forKey: .isPrivate)
            try container.encode(repository.defaultBranch, forKey: .defaultBranch)
            try container.encode(repository.isAdministered, forKey: .isAdministered)
        }
    }

    private var repositories: Route {
        Route(
            method: .get, path: Self.path + "/repositories", access: .workspace(.admin, .admin),
            operation: Operation(
                id: "listGitHubRepositories", tag: "github",
                summary: "Lists what the workspace's GitHub account can see.",
                parameters: [
                    .workspace,
                    .query("q", Schema.text(1...200), "Only those with this in their name."),
                    .cursor,
                ],
                answers: [.json(200, "GitHubRepositories", "A page of repositories.")],
                problems: [.conflict, .unavailable])
        ) { request in
            let query = try request.query()
            let search = try query.one("q")
            let page = try query.one("cursor").map { text in
                guard text.hasPrefix("p"), let page = DecimalNumber.parse(text.dropFirst()),
                    page <= Self.listLimit
                else {
                    throw Problem(
                        .invalidParameter,
                        "'cursor' must be the next_cursor of the page before, or be left out")
                }
                return page
            }
            let github = try services()
            let found = try await github.repositories(
                try request.membership().workspace, page ?? 0, search)
            return Answer.json(
                PageDocument(
                    name: "repositories",
                    items: found.repositories.map { Repository(repository: $0) },
                    next: found.next.map { "p\($0)" }))
        }
    }
}
