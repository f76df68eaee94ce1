import GitHub
import GitdexTesting
import Postgres
import Storage
import Testing

@Suite("Tokens that end are renewed, those that count no more are noticed", .timeLimit(.minutes(3)))
struct TokenTests {
    private func see(_ bench: GitHubBench) throws {
        _ = try bench.access.withClient(workspace: bench.workspace, on: bench.connection) {
            try $0.repositories()
        }
    }

    private func account(_ bench: GitHubBench) throws -> ConnectedAccount? {
        try bench.oauth.account(workspace: bench.workspace, on: bench.connection)
    }

    @Test("a revoked token is noticed, said, and not tried again")
    func revoked() throws {
        let bench = try GitHubBench()
        try bench.connect()
        try see(bench)
        try bench.gitHub.control("revoke", #"{"all": true}"#)
        #expect(bench.code { try see(bench) } == .tokenInvalid)
        let known = try #require(try account(bench))
        #expect(known.invalidSince != nil && known.invalidReason?.contains("token") == true)
        let count = try bench.gitHub.requests().count
        #expect(bench.code { try see(bench) } == .tokenInvalid)
        #expect(try bench.gitHub.requests().count == count)
        try bench.connect()
        #expect(try account(bench)?.invalidSince == nil)
        try see(bench)
    }

    @Test("a token that ends soon is renewed before it is used, and again")
    func renewed() throws {
        let bench = try GitHubBench()
        try bench.gitHub.control("setting", #"{"token_seconds": 30}"#)
        try bench.connect()
        let first = try bench.database.column("SELECT token FROM oauth_accounts")
        try see(bench)
        let second = try bench.database.column("SELECT token FROM oauth_accounts")
        #expect(first != second)
        try see(bench)
        #expect(try bench.gitHub.requests().filter { $0.contains("/access_token") }.count == 3)
    }

    @Test("a renewal that GitHub refuses is said, unless another was faster")
    func refusedRenewal() throws {
        let bench = try GitHubBench()
        try bench.gitHub.control("setting", #"{"token_seconds": 30}"#)
        try bench.connect()
        try bench.gitHub.control("revoke", #"{"all": true}"#)
        #expect(bench.code { try see(bench) } == .tokenInvalid)
        #expect(try account(bench)?.invalidSince != nil)
    }

    @Test("a stored token that no key opens is said to be so")
    func unreadable() throws {
        let bench = try GitHubBench()
        try bench.connect()
        try bench.database.run("UPDATE oauth_accounts SET token = 'gAAAAAB' || token")
        #expect(bench.code { try see(bench) } == .secretUnreadable)
    }

    @Test("without an account there is nobody to speak for")
    func nobody() throws {
        let bench = try GitHubBench()
        #expect(bench.code { try see(bench) } == .notConnected)
        let access = bench.access
        #expect(try access.gitToken(workspace: bench.workspace, on: bench.connection) == nil)
    }

    @Test("an app's installation speaks with a token that is kept until shortly before its end")
    func installation() throws {
        let bench = try GitHubBench(withApp: true)
        try bench.connect()
        _ = try bench.repository("acme/tools")
        try bench.gitHub.control(
            "installation",
            #"{"id": 99, "account": "acme", "users": ["octocat"], "repositories": ["acme/tools"]}"#)
        try bench.access.useInstallation(99, workspace: bench.workspace, on: bench.connection)
        #expect(try account(bench)?.kind == .installation)
        for _ in 0..<3 { try see(bench) }
        let tokens = { try bench.gitHub.requests().filter { $0.contains("/access_tokens 201") } }
        #expect(try tokens().count == 1)
        // One that ends within a minute is not used again.
        try bench.gitHub.control(
            "installation",
            #"""
            {"id": 99, "account": "acme", "users": ["octocat"], "repositories": ["acme/tools"], \#
            "seconds": 59}
            """#)
        let fresh = GitHubAccess(settings: bench.settings, http: bench.http, cipher: bench.cipher)
        for _ in 0..<2 {
            _ = try fresh.withClient(workspace: bench.workspace, on: bench.connection) {
                try $0.repositories()
            }
        }
        #expect(try tokens().count == 3)
    }

    @Test("an installation of somebody else cannot be taken")
    func foreign() throws {
        let bench = try GitHubBench(withApp: true)
        try bench.connect()
        try bench.gitHub.control(
            "installation",
            #"{"id": 99, "account": "other", "users": ["stranger"], "repositories": []}"#)
        #expect(
            bench.code {
                try bench.access.useInstallation(
                    99, workspace: bench.workspace, on: bench.connection)
            } == .forbidden)
        #expect(try account(bench)?.kind == .user)
    }
}
