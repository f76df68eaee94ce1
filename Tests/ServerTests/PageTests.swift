import Foundation
import GitdexTesting
import Testing

/// The web page in a real browser, against the real program.
@Suite("The web page, driven by a browser", .serialized)
struct PageTests {
    /// Where `scripts/setup-browser` puts what drives the browser.
    private static let python: String? = {
        let data = TestAssets.directories.map { $0 + "/../build" }
        for folder in data {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names.sorted() where name.hasPrefix("playwright-") {
                let path = "\(folder)/\(name)/bin/python"
                if FileManager.default.isExecutableFile(atPath: path) { return path }
            }
        }
        return nil
    }()

    @Test("register, make a workspace, connect, watch, search, read, sign out; others see nothing")
    func accounts() async throws {
        // GitHub has to know where to send the browser back to, before the server runs.
        let port = try Self.freePort()
        // Another site for the browser than the one of GitHub's stand-in, which is 127.0.0.1.
        let base = "http://localhost:\(port)"
        let gitHub = try GitHubStandIn(callbackURL: base + "/v1/auth/github/callback")
        let picked = try GitFixture()
        try picked.write("picked.py", "def the_picked_function():\n    return 1\n")
        try picked.commit()
        try gitHub.control(
            "repository",
            """
            {"full_name": "octocat/picked", "private": true, "admins": ["octocat"],
             "git_directory": "\(picked.path)"}
            """)
        try gitHub.control("repository", #"{"full_name": "octocat/other", "admins": ["octocat"]}"#)
        try gitHub.control(
            "add-issues",
            #"{"repository": "octocat/picked", "number": 41, "title": "\#(Self.issueWords)"}"#)
        let bench = try await ServerBench(
            isLocal: false, port: port,
            settings: [
                "GITDEX_PUBLIC_URL": base, "GITHUB_URL": gitHub.url,
                "GITHUB_CLIENT_ID": GitHubStandIn.clientID,
                "GITHUB_CLIENT_SECRET": GitHubStandIn.clientSecret,
            ])
        try Self.fill(bench)
        let password = "many quiet lanterns by the river"
        let task = try Self.task(
            bench, kind: "accounts",
            more: [
                "base": base, "email": "ada@example.org",
                "password": password,
                "github": [
                    "url": gitHub.url, "login": "octocat", "search": "pick",
                    "repository": "octocat/picked", "query": "the_picked_function",
                    "path": "picked.py",
                ],
            ])
        try Self.drive(task, bench)
        #expect(
            try bench.column("SELECT name FROM workspaces WHERE public_id <> 'local'")
                == ["Shop & <b>Sons</b>"])
        #expect(try gitHub.requests().contains("POST /api/v3/repos/octocat/picked/hooks 201"))
        try await Self.push(to: picked, at: gitHub, bench)
        let workspace = try bench.column(
            "SELECT public_id FROM workspaces WHERE public_id <> 'local'")[0]
        let token = try await Self.login("ada@example.org", password, bench)
        try await Self.findsIssue(bench, workspace: workspace, token: token)
        try await Self.othersSeeNothing(bench, workspace: workspace)
        #expect(
            try bench.column("SELECT token FROM oauth_accounts").allSatisfy {
                !$0.isEmpty && !$0.contains("gho_")
            })
    }

    /// What the webhook is for that was set up on the way: a push is indexed a moment later.
    private static func push(
        to picked: GitFixture, at gitHub: GitHubStandIn, _ bench: ServerBench
    ) async throws {
        try picked.write("pushed.py", "def the_pushed_function():\n    return 2\n")
        let commit = try picked.commit()
        let statuses = try gitHub.control(
            "deliver",
            """
            {"repository": "octocat/picked", "event": "push", "payload": {
                "ref": "refs/heads/main", "before": "\(String(repeating: "0", count: 40))",
                "after": "\(commit)", "repository": {
                    "full_name": "octocat/picked", "clone_url": "\(gitHub.url)/octocat/picked.git"}}}
            """)
        #expect(statuses["statuses"].elements.map(\.int) == [202])
        try await bench.wait(.seconds(60), "the push is not indexed") {
            try bench.column(
                """
                SELECT encode(f.indexed_commit, 'hex') FROM refs f
                JOIN repositories r ON r.workspace_id = f.workspace_id AND r.id = f.repository_id
                WHERE r.name = 'picked' AND f.name = 'refs/heads/main'
                """) == [commit]
        }
    }

    /// A port that nobody listens on at this moment.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        try #require(status)
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    @Test("a server of this machine alone shows its workspace at once")
    func local() async throws {
        let bench = try await ServerBench()
        try Self.fill(bench)
        try Self.drive(try Self.task(bench, kind: "local"), bench)
    }

    // MARK: What it is shown

    private static let hostileName = "<img src=x onerror=window.pwned=1>.py"

    private static func fill(_ bench: ServerBench) throws {
        try bench.remote.fixture.write(
            "payment.py",
            """
            class PaymentGateway:
                def charge_card(self, cart, card):
                    \"\"\"Charges the credit card with the total price of the cart.\"\"\"
                    return self.send(card, cart.total_price({}))

            """)
        try bench.remote.fixture.write(
            hostileName,
            """
            def haunted_function():
                \"\"\"</code></pre><script>window.pwned = 1</script>
                <img src=x onerror="window.pwned = 1">{{7*7}}${window.pwned = 1}\"\"\"
                return 'javascript:window.pwned=1'

            """)
        try bench.remote.fixture.commit()
    }

    private static func task(
        _ bench: ServerBench, kind: String, more: [String: Any] = [:]
    ) throws -> [String: Any] {
        let commit = try bench.remote.git("rev-parse", "HEAD")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let task: [String: Any] = [
            "kind": kind, "base": "http://127.0.0.1:\(bench.client.port)",
            "browser": "/usr/bin/chromium",
            "repository": [
                "url": bench.remote.url, "token": bench.remote.token, "commit": commit,
            ],
            "query": "charge the credit card", "path": "payment.py", "text": "def charge_card",
            "hostile": [
                "query": "haunted_function", "path": hostileName, "text": "</pre><script>",
            ],
        ]
        return task.merging(more) { $1 }
    }

    private static func drive(_ task: [String: Any], _ bench: ServerBench) throws {
        let python = try #require(
            python, "Playwright is not installed: run scripts/setup-browser")
        let folder = FileManager.default.temporaryDirectory.path
        let file = folder + "/gitdex-page-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try JSONSerialization.data(withJSONObject: task).write(to: URL(fileURLWithPath: file))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../scripts/browser/page.py").standardized.path
        let outcome = try GitdexProcess(
            [script, file], program: [python], in: folder,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder]
        ).finish()
        #expect(
            outcome.status == 0,
            "\(outcome.output)\n\(outcome.errors)\nserver: \(bench.process.errorsSoFar)")
    }
}
