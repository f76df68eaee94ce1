import GitHub
import GitdexTesting
import Postgres
import Storage
import Testing

@Suite(
    "A workspace is connected to a GitHub account once, by who began it", .timeLimit(.minutes(3)))
struct OAuthTests {
    private func start(_ bench: GitHubBench, browser: String = "browser-1") throws -> OAuthStart {
        try bench.oauth.start(
            workspace: bench.workspace, user: 7, browserBinding: browser, on: bench.connection)
    }

    @Test("the whole way: scopes are shown, the token is kept encrypted and speaks for the account")
    func whole() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        #expect(begun.scopes.map(\.name) == ["repo"])
        #expect(begun.url.contains("code_challenge_method=S256"))
        #expect(begun.url.contains("scope=repo"))
        let back = try bench.authorize(begun)
        #expect(back["state"] == begun.state)
        let done = try bench.oauth.callback(
            code: back["code"], state: begun.state, browserBinding: "browser-1",
            on: bench.connection)
        #expect(done.workspace == bench.workspace && done.workspacePublicID == "local")
        #expect(done.user == 7 && done.account.login == "octocat")
        #expect(done.account.scopes == ["repo"])
        let stored = try bench.database.column("SELECT token FROM oauth_accounts")
        #expect(stored.count == 1 && !stored[0].contains("gho_"))
        let repository = try bench.repository()
        let seen = try bench.access.withClient(workspace: bench.workspace, on: bench.connection) {
            try $0.repositories()
        }
        #expect(seen.repositories.map(\.fullName) == ["octocat/hello"])
        #expect(repository.name == "hello")
    }

    @Test("an attempt counts once, whoever brings it back first")
    func once() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let back = try bench.authorize(begun)
        func callback(_ browser: String?) throws {
            _ = try bench.oauth.callback(
                code: back["code"], state: begun.state, browserBinding: browser,
                on: bench.connection)
        }
        try callback("browser-1")
        #expect(bench.code { try callback("browser-1") } == .stateInvalid)
    }

    @Test(
        "another browser cannot end it, and nobody can after that", arguments: ["browser-2", nil])
    func browser(_ browser: String?) throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let back = try bench.authorize(begun)
        func callback(_ browser: String?) throws {
            _ = try bench.oauth.callback(
                code: back["code"], state: begun.state, browserBinding: browser,
                on: bench.connection)
        }
        #expect(bench.code { try callback(browser) } == .stateInvalid)
        #expect(bench.code { try callback("browser-1") } == .stateInvalid)
        #expect(try bench.database.column("SELECT login FROM oauth_accounts").isEmpty)
        // GitHub was not even asked for the token.
        #expect(try !bench.gitHub.requests().contains { $0.contains("access_token") })
    }

    @Test("an attempt of more than ten minutes ago does not count")
    func old() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let back = try bench.authorize(begun)
        try bench.database.run(
            "UPDATE oauth_states SET expires_at = expires_at - interval '600 seconds'")
        #expect(
            bench.code {
                _ = try bench.oauth.callback(
                    code: back["code"], state: begun.state, browserBinding: "browser-1",
                    on: bench.connection)
            } == .stateInvalid)
    }

    @Test("a code that was caught elsewhere is worth nothing without the verifier")
    func stolenCode() throws {
        let bench = try GitHubBench()
        let victim = try start(bench, browser: "browser-1")
        let stolen = try bench.authorize(victim)
        let own = try start(bench, browser: "browser-2")
        #expect(
            bench.code {
                _ = try bench.oauth.callback(
                    code: stolen["code"], state: own.state, browserBinding: "browser-2",
                    on: bench.connection)
            } == .signInRefused)
    }

    @Test("a user who refuses, or may not any more, connects nothing")
    func refused() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let back = try bench.authorize(begun, allowing: false)
        #expect(back["error"] == "access_denied")
        #expect(
            bench.code {
                _ = try bench.oauth.callback(
                    code: back["code"], state: begun.state, error: back["error"],
                    browserBinding: "browser-1", on: bench.connection)
            } == .signInRefused)
        struct NotAMember: Error {}
        let second = try start(bench)
        let code = try bench.authorize(second)["code"]
        #expect(throws: NotAMember.self) {
            _ = try bench.oauth.callback(
                code: code, state: second.state, browserBinding: "browser-1", on: bench.connection
            ) { workspace, user in
                #expect(workspace == bench.workspace && user == 7)
                throw NotAMember()
            }
        }
        #expect(try bench.database.column("SELECT login FROM oauth_accounts").isEmpty)
    }

    @Test("names and verifiers are kept so that who reads the database cannot use them")
    func atRest() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let row = try bench.database.column("SELECT oauth_states::text FROM oauth_states")[0]
        #expect(!row.contains(begun.state) && !row.contains("browser-1"))
        let challenge = begun.url.split(separator: "&").first { $0.hasPrefix("code_challenge=") }
        #expect(challenge != nil)
    }

    @Test("disconnecting has GitHub end the token")
    func disconnect() throws {
        let bench = try GitHubBench()
        try bench.connect()
        #expect(try bench.oauth.disconnect(workspace: bench.workspace, on: bench.connection))
        #expect(try bench.oauth.account(workspace: bench.workspace, on: bench.connection) == nil)
        #expect(
            try bench.gitHub.requests().last
                == "DELETE /api/v3/applications/\(GitHubStandIn.clientID)/token 204")
        #expect(try !bench.oauth.disconnect(workspace: bench.workspace, on: bench.connection))
    }

    @Test("a wrong client is said to be the server's fault, not the user's")
    func wrongClient() throws {
        let bench = try GitHubBench()
        let begun = try start(bench)
        let back = try bench.authorize(begun)
        let settings = GitHubSettings(
            webURL: bench.gitHub.url, client: .init(id: GitHubStandIn.clientID, secret: "wrong"))
        let oauth = GitHubOAuth(
            settings: settings, redirectURL: GitHubBench.callbackURL, http: bench.http,
            cipher: bench.cipher)
        #expect(
            bench.code {
                _ = try oauth.callback(
                    code: back["code"], state: begun.state, browserBinding: "browser-1",
                    on: bench.connection)
            } == .notConfigured)
    }
}
