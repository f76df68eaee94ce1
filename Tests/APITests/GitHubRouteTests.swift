import GitdexTesting
import Synchronization
import Testing

@testable import API

@Suite("The way to GitHub and back, as browsers see it", .serialized)
struct GitHubRouteTests {
    /// What the command was asked to do.
    private final class Asked: Sendable {
        struct State {
            var starts: [GitHubServices.Start] = []
            var callbacks: [GitHubServices.Callback] = []
        }

        let state = Mutex(State())
    }

    /// Knows one state, which is bound to the browser that began.
    private static func services(_ asked: Asked) -> GitHubServices {
        GitHubServices(
            start: { start in
                asked.state.withLock { $0.starts.append(start) }
                return GitHubServices.Started(
                    url: "https://github.example/login/oauth/authorize?state=good",
                    scopes: [("repo", "read the repositories that you pick")])
            },
            callback: { callback in
                let start = asked.state.withLock { state in
                    state.callbacks.append(callback)
                    return state.starts.last
                }
                guard callback.state == "good", callback.browser == start?.browser,
                    callback.browser != nil, callback.error == nil
                else { throw APIRefusal(.forbidden, "begin again") }
                return GitHubServices.Connected(
                    workspace: start?.workspace ?? 0, workspacePublicID: "w1", login: "ada")
            },
            account: { _ in
                GitHubServices.Account(login: "ada", scopes: ["repo"], isValid: true)
            },
            disconnect: { _ in true },
            repositories: { _, after, search in
                GitHubServices.Page(
                    repositories: [
                        GitHubServices.Repository(
                            id: 7, fullName: "ada/\(search ?? "shop")",
                            cloneURL: "https://github.example/ada/shop.git", isPrivate: true,
                            defaultBranch: nil, isAdministered: true)
                    ], next: after == 0 ? 30 : nil)
            },
            synchronise: { _, repository in [repository ?? 1] },
            syncStates: { _ in
                [
                    GitHubServices.SyncState(
                        repository: 1, name: "shop", kind: "issues", state: "done",
                        completedAt: 1_700_000_000.5, problem: nil)
                ]
            })
    }

    @Test("begins for an admin, gives the browser a cookie, and ends in the workspace's page")
    func roundTrip() async throws {
        let asked = Asked()
        let bench = try await APIBench.start(hasAccounts: true) {
            $0.github = Self.services(asked)
        }
        let owner = try await bench.person("owner")
        let workspace = try await bench.workspace(of: owner)
        let path = "/v1/auth/github/start?workspace=\(workspace)"
        let sent = try await bench.call("GET", path, headers: owner.headers)
        #expect(sent.status == 303)
        #expect(sent.headers["location"]?.hasPrefix("https://github.example/") == true)
        let asJSON = try await bench.call(
            "GET", path, headers: owner.headers.merging(["accept": "application/json"]) { $1 })
        #expect(asJSON.json["url"].string == sent.headers["location"])
        #expect(asJSON.json["scopes"][0]["reason"].string?.isEmpty == false)
        let field = try #require(asJSON.headers["set-cookie"])
        for part in ["HttpOnly", "SameSite=Lax", "Path=/v1/auth/github", "Max-Age=600"] {
            #expect(field.contains(part), "\(field)")
        }
        let cookie = String(field.prefix { $0 != ";" })
        let back = try await bench.call(
            "GET", "/v1/auth/github/callback?code=c&state=good", headers: ["cookie": cookie])
        #expect(back.status == 303 && back.headers["location"] == "/ui#w1")
        #expect(back.headers["set-cookie"]?.contains("Max-Age=0") == true)
        let first = asked.state.withLock { $0.starts.map(\.browser) }
        #expect(Set(first).count == 2 && first.allSatisfy { $0.count == 64 })
        try await bench.stop()
    }

    @Test(
        "leads nowhere for another browser, a made-up state, or a link that somebody sent",
        arguments: [
            ("?code=c&state=good", nil), ("?code=c&state=good", "gitdex_github=0000"),
            ("?code=c&state=other", "own"), ("?code=c&state=good", "own; gitdex_github=x"),
        ] as [(String, String?)])
    func forged(query: String, cookie: String?) async throws {
        let asked = Asked()
        let bench = try await APIBench.start(hasAccounts: true) {
            $0.github = Self.services(asked)
        }
        let owner = try await bench.person("owner")
        let workspace = try await bench.workspace(of: owner)
        let started = try await bench.call(
            "GET", "/v1/auth/github/start?workspace=\(workspace)", headers: owner.headers)
        let own = started.headers["set-cookie"]?.prefix { $0 != ";" } ?? ""
        let headers = cookie.map { ["cookie": $0.replacing("own", with: own)] } ?? [:]
        let answer = try await bench.call(
            "GET", "/v1/auth/github/callback" + query, headers: headers)
        #expect(answer.status == 403 && answer.headers["location"] == nil)
        try await bench.stop()
    }

    @Test(
        "repeats nothing of what the address says, and goes nowhere else",
        arguments: [
            "?error=%3Cscript%3E&state=good",
            "?error=access_denied&state=x%0d%0aLocation:%20//evil",
            "?error=x&state=y&error_uri=https://evil.example&error_description=%0d%0aSet-Cookie:a=b",
        ])
    func refused(query: String) async throws {
        let bench = try await APIBench.start(hasAccounts: true) {
            $0.github = Self.services(Asked())
        }
        let answer = try await bench.call("GET", "/v1/auth/github/callback" + query)
        #expect(answer.status == 303 && answer.headers["location"] == "/ui#github-refused")
        #expect(!answer.text.contains("evil") && !answer.text.contains("script"))
        for query in ["?redirect_uri=https://evil.example&code=c&state=good", "?state=good", ""] {
            let answer = try await bench.call("GET", "/v1/auth/github/callback" + query)
            #expect(answer.status == 400)
        }
        try await bench.stop()
    }

    @Test("the account's repositories come in pages, and its data's state is told")
    func reading() async throws {
        let bench = try await APIBench.start(hasAccounts: true) {
            $0.github = Self.services(Asked())
        }
        let owner = try await bench.person("owner")
        let path = "/v1/workspaces/" + (try await bench.workspace(of: owner))
        let first = try await bench.call(
            "GET", path + "/github/repositories?q=web", headers: owner.headers)
        #expect(first.json["repositories"][0]["full_name"].string == "ada/web")
        let cursor = try #require(first.json["next_cursor"].string)
        let second = try await bench.call(
            "GET", path + "/github/repositories?cursor=\(cursor)", headers: owner.headers)
        #expect(second.json["next_cursor"] == .null)
        let account = try await bench.call("GET", path + "/github", headers: owner.headers)
        #expect(account.json["login"].string == "ada" && account.json["is_valid"].bool == true)
        let sync = try await bench.call("POST", path + "/sync", headers: owner.headers, json: "{}")
        #expect(sync.status == 202 && sync.json["jobs"][0].int == 1)
        let states = try await bench.call("GET", path + "/sync", headers: owner.headers)
        #expect(states.json["sync"][0]["completed_at"].string == "2023-11-14T22:13:20.500Z")
        let gone = try await bench.call("DELETE", path + "/github", headers: owner.headers)
        #expect(gone.status == 204)
        let audit = try await bench.call("GET", path + "/audit", headers: owner.headers)
        #expect(
            audit.json["events"].elements.first?["event"].string == "github.disconnected")
        try await bench.stop()
    }
}
