import Cryptography
import Foundation
import Git
import GitHub
import GitdexTesting
import Postgres
import Queue
import Search
import Storage
import Testing
import Transfer
import Workers

@Suite("A job synchronises a repository, and search finds what it brought", .timeLimit(.minutes(5)))
struct SyncJobTests {
    private final class Scene {
        let bench: WorkerBench
        let gitHub: GitHubStandIn
        let access: GitHubAccess
        let repository: RemoteRepository
        let workspace: Int

        init(_ items: String, fields: String = #""has_discussions": true"#) throws {
            bench = try WorkerBench()
            gitHub = try GitHubStandIn()
            workspace = bench.store.workspace
            let cipher = TokenCipher(
                encrypt: { String(decoding: $0, as: UTF8.self) }, decrypt: { Array($0.utf8) })
            var options = TransferOptions()
            options.allowsPrivateAddresses = true
            access = GitHubAccess(
                settings: GitHubSettings(webURL: gitHub.url),
                http: Transfer.HTTPClient(options: options),
                cipher: cipher)
            try OAuthStore(connection: bench.connection).save(
                OAuthAccountRecord(
                    workspace: workspace, accountID: 1, login: "octocat", scopes: ["repo"],
                    token: GitHubStandIn.token))
            try gitHub.control(
                "repository",
                #"{"full_name": "octocat/hello", "admins": ["octocat"], \#(fields)}"#)
            if !items.isEmpty {
                try gitHub.control("many", #"{"repository": "octocat/hello", \#(items)}"#)
            }
            repository = try RemoteStore(connection: bench.connection).connect(
                workspace: workspace, url: gitHub.url + "/octocat/hello.git", provider: "github")
        }

        var configuration: WorkerService.Configuration {
            var configuration = bench.configuration(slots: 2)
            configuration.access.gitHub = access
            return configuration
        }

        func synchronise() async throws {
            try bench.enqueue([.sync(repository)])
            try await bench.workUntilDone([configuration])
        }

        @discardableResult
        func control(_ verb: String, _ fields: String) throws -> GitdexTesting.JSONValue {
            try gitHub.control(verb, #"{"repository": "octocat/hello", \#(fields)}"#)
        }

        func search(_ query: String, _ mode: SearchMode = .hybrid) throws -> SearchAnswer {
            var request = SearchRequest(query: query)
            request.mode = mode
            return try Searcher(store: bench.store, embedder: bench.embedder).search(request)
        }

        var job: Job? {
            get throws { try bench.jobs(JobKinds.sync).first }
        }
    }

    @Test("issues and the rest are found by words, meaning, kind and pattern")
    func found() async throws {
        let scene = try Scene(#""issues": 20, "comments": 5"#)
        try scene.control(
            "add-issues",
            #""number": 777, "title": "The flux capacitor overheats", "body": "After 88 miles per hour the quuxifier burns.""#
        )
        try scene.control("add-pulls", #""number": 778, "title": "Cool the flux capacitor""#)
        try scene.control(
            "add-comments", #""number": 777, "id": 5001, "body": "Mine burns too: zorkmid.""#)
        try scene.control(
            "add-reviews", #""number": 778, "id": 6001, "body": "Please add a grommet.""#)
        try scene.control(
            "add-releases",
            #""id": 7001, "tag_name": "v9", "name": "Nine", "body": "With a gasket.""#)
        try scene.control(
            "add-discussions", #""number": 800, "title": "Which sprocket?", "body": "I wonder.""#)
        try scene.control(
            "add-discussion_comments", #""number": 800, "id": 8001, "body": "The flanged one.""#)
        try await scene.synchronise()
        #expect(try scene.job?.state == .done)
        let issue = try #require(try scene.search("quuxifier").results.first)
        #expect(issue.item?.kind == "issue" && issue.item?.number == 777)
        #expect(issue.item?.title == "The flux capacitor overheats")
        #expect(issue.item?.url == scene.gitHub.url + "/octocat/hello/issues/777")
        for (query, kind, number) in [
            ("kind:pr capacitor", "pr", 778), ("kind:issue capacitor", "issue", 777),
            ("kind:comment zorkmid", "comment", 777), ("kind:review grommet", "review", 778),
            ("kind:release gasket", "release", nil),
            ("kind:discussion sprocket", "discussion", 800),
            ("kind:comment flanged", "comment", 800), ("flanged", "comment", 800),
        ] as [(String, String, Int?)] {
            let answer = try scene.search(query)
            let first = try #require(answer.results.first?.item, "\(query)")
            #expect(first.kind == kind && first.number == number, "\(query)")
        }
        #expect(
            try scene.search("kind:comment zorkmid").results.first?.item?.title
                == "The flux capacitor overheats")
        #expect(try scene.search("kind:release quuxifier", .lexical).results.isEmpty)
        #expect(
            try scene.search("quuxif[a-z]+ burns", .regex).results.first?.item?.number == 777)
        let semantic = try scene.search("kind:issue overheating capacitor", .semantic)
        #expect(semantic.results.first?.item?.number == 777)
        #expect(try scene.search("quuxifier").freshness.isEmpty)
        #expect(throws: SearchError.self) { try scene.search("kind:nonsense x") }
    }

    @Test("a text is embedded once, and what is gone is found no more")
    func incremental() async throws {
        let scene = try Scene(#""issues": 30"#)
        try await scene.synchronise()
        let first = scene.bench.embedder.count
        #expect(first >= 30)
        try await scene.synchronise()
        #expect(scene.bench.embedder.count == first)
        // Closing an issue changes its row and not its text.
        try scene.control("edit-issues", #""key": 4, "state": "closed""#)
        try scene.control("edit-issues", #""key": 5, "body": "the xyzzy is plugh""#)
        try await scene.synchronise()
        #expect(scene.bench.embedder.count == first + 1)
        #expect(scene.bench.embedder.repeated == 0)
        #expect(try scene.search("xyzzy").results.first?.item?.number == 5)
        try scene.control("delete", #""kind": "issues", "key": 5"#)
        try SyncedStore(
            connection: scene.bench.connection, workspace: scene.workspace,
            repository: scene.repository.id
        ).doubt(.issue, 5)
        try await scene.synchronise()
        #expect(try scene.search("xyzzy", .lexical).results.isEmpty)
        // Collecting leaves what the living need.
        let before = try scene.search("kind:issue frobnicator").results.count
        try scene.bench.enqueue([JobRequest(kind: JobKinds.collect, uniqueKey: "")])
        try await scene.bench.workUntilDone([scene.configuration])
        #expect(try scene.search("kind:issue frobnicator").results.count == before)
        let left = try scene.bench.database.column(
            "SELECT count(*)::text FROM contents WHERE body LIKE '%xyzzy%'")
        #expect(left == ["0"])
    }

    @Test("a limit pauses the workspace's jobs for that GitHub, and the job ends after it")
    func limited() async throws {
        let scene = try Scene(#""issues": 350"#)
        try scene.gitHub.control(
            "fault", #"{"match": "issues\\?", "status": 403, "secondary": true, "retry_after": 1}"#)
        try scene.bench.enqueue([.sync(scene.repository)])
        try await scene.bench.working([scene.configuration]) {
            try await scene.bench.waitUntilDone()
        }
        let job = try #require(try scene.job)
        #expect(job.state == .done && job.attempts == 1)
        let log = try scene.gitHub.control("requests").elements
        let refused = try #require(log.firstIndex { $0["fault"].bool == true })
        // Nothing was asked in that second, not even by another run of the job.
        #expect(log.count > refused + 1)
        let pause = try scene.bench.database.column("SELECT scope FROM queue_pauses")
        #expect(pause == [job.scope] && job.scope.hasPrefix("github 127.0.0.1:"))
    }

    @Test("a token that counts no more ends the job with words that say so")
    func revoked() async throws {
        let scene = try Scene(#""issues": 3"#)
        try scene.gitHub.control("revoke", #"{"all": true}"#)
        try await scene.synchronise()
        let job = try #require(try scene.job)
        #expect(job.state == .failed && job.attempts == 1)
        #expect(job.error?.contains("connect GitHub again") == true)
        let account = try OAuthStore(connection: scene.bench.connection)
            .account(workspace: scene.workspace)
        #expect(account?.invalidSince != nil)
    }

    @Test("another model gives all texts new vectors, and nothing is read from GitHub for it")
    func renewed() async throws {
        let scene = try Scene(#""issues": 120"#)
        try await scene.synchronise()
        let count = try scene.bench.database.column("SELECT count(*)::text FROM embeddings")
        try scene.bench.database.run(
            "UPDATE refs SET rules_digest = 'old' WHERE name LIKE 'synced:%'")
        try scene.bench.database.run("DELETE FROM embeddings")
        try await scene.synchronise()
        #expect(try scene.bench.database.column("SELECT count(*)::text FROM embeddings") == count)
        #expect(try scene.search("kind:issue frobnicator").results.count == 10)
    }

    @Test("the account's token is what a private repository is fetched with")
    func privateFetch() async throws {
        let scene = try Scene("", fields: #""private": true"#)
        let fixture = try GitFixture()
        try fixture.write("a.py", "def alpha():\n    return 1\n")
        try fixture.commit()
        let directory = try fixture.git("rev-parse", "--absolute-git-dir")
        try scene.control("change", #""git_directory": "\#(directory)""#)
        try scene.bench.enqueue([.repository(scene.repository.id)])
        try await scene.bench.workUntilDone([scene.configuration])
        #expect(try scene.search("alpha").results.first?.path.description == "a.py")
        #expect(try scene.search("alpha kind:code").results.count == 1)
    }

    @Test(
        "how many items a second are read, indexed and embedded",
        .enabled(if: ProcessInfo.processInfo.environment["GITDEX_SYNC_FIGURES"] != nil))
    func figures() async throws {
        let scene = try Scene(
            """
            "issues": 3000, "pulls": 300, "comments": 6000, "review_comments": 700, \
            "reviews": 600, "releases": 50, "discussions": 200, "discussion_comments": 800
            """)
        for round in ["first", "second", "third"] {
            try scene.gitHub.control("forget")
            let embedded = scene.bench.embedder.count
            let start = ContinuousClock.now
            try await scene.synchronise()
            let seconds = start.duration(to: .now) / .seconds(1)
            let count = try scene.bench.database.column("SELECT count(*)::text FROM synced_items")
            let requests = try scene.gitHub.requests()
            let unchanged = requests.filter { $0.hasSuffix(" 304") }.count
            print(
                "sync figures, \(round): \(count[0]) items, \(seconds) s, \(requests.count) requests, "
                    + "\(unchanged) unchanged, \(scene.bench.embedder.count - embedded) embedded")
        }
    }
}
