import Git
import GitHub
import GitdexTesting
import Postgres
import Storage
import Testing

@Suite("What GitHub has of a repository is read once and then kept up", .timeLimit(.minutes(5)))
struct SyncTests {
    /// A repository that is known to both, and how it is read.
    private final class Scene {
        let bench: GitHubBench
        let repository: RemoteRepository
        let store: SyncedStore

        init(_ items: String, fields: String = "") throws {
            bench = try GitHubBench()
            try bench.connect()
            repository = try bench.repository("octocat/hello", fields, items: items)
            store = SyncedStore(
                connection: bench.connection, workspace: bench.workspace, repository: repository.id)
            try bench.gitHub.control("forget")
        }

        /// Reads until all is read, or so many steps were written down.
        @discardableResult
        func read(steps: Int = .max, requestedAt: Timestamp? = nil) throws -> Int {
            let client = try bench.access.client(
                workspace: bench.workspace, on: bench.connection)
            let run = try SyncRun(
                client: client, repository: "octocat/hello", store: store,
                requestedAt: requestedAt)
            var count = 0
            while count < steps, let step = try run.next() {
                try bench.connection.transaction { try step.write(to: store) }
                count += 1
            }
            return count
        }

        /// The items that are kept, as `kind number title`.
        func kept(_ kind: String) throws -> [String] {
            try bench.database.column(
                """
                SELECT concat_ws(' ', external_id, title, state) FROM synced_items
                WHERE kind = '\(kind)' AND deleted_at IS NULL ORDER BY external_id
                """)
        }

        func counts() throws -> [String] {
            try bench.database.column(
                """
                SELECT kind || ' ' || count(*) FROM synced_items WHERE deleted_at IS NULL
                GROUP BY kind ORDER BY kind
                """)
        }

        @discardableResult
        func control(_ verb: String, _ fields: String) throws -> GitdexTesting.JSONValue {
            try bench.gitHub.control(verb, #"{"repository": "octocat/hello", \#(fields)}"#)
        }

        /// The requests since the last time, without those for the repository itself.
        func requests() throws -> [String] {
            defer { _ = try? bench.gitHub.control("forget") }
            return try bench.gitHub.requests().filter { !$0.contains("/octocat/hello 200") }
        }
    }

    private static let everything = """
        "issues": 230, "pulls": 12, "comments": 140, "review_comments": 5, "reviews": 30, \
        "releases": 3, "discussions": 60, "discussion_comments": 200
        """
    private static let counts = [
        "comment 140", "discussion 60", "discussion_comment 200", "issue 230", "pr 12",
        "release 3", "review 30", "review_comment 5",
    ]

    @Test("the first pass reads all of it, the second nothing that GitHub counts")
    func whole() throws {
        let scene = try Scene(Self.everything, fields: #""has_discussions": true"#)
        try scene.read()
        #expect(try scene.counts() == Self.counts)
        _ = try scene.requests()
        // What changed since a minute before the pass began is asked for once more…
        try scene.read()
        _ = try scene.requests()
        // … and from then on it has not changed.
        try scene.read()
        let third = try scene.requests()
        #expect(third.filter { $0.hasSuffix(" 304") }.count == 5)
        #expect(third.filter { !$0.hasSuffix(" 304") }.allSatisfy { $0.contains("graphql") })
        #expect(try scene.counts() == Self.counts)
    }

    @Test("a run that is cut off after any step goes on where it was")
    func resumed() throws {
        let scene = try Scene(Self.everything, fields: #""has_discussions": true"#)
        var steps = 0
        let start = Timestamp(unixMicroseconds: 0)
        while try scene.read(steps: 1, requestedAt: start) == 1 { steps += 1 }
        #expect(try scene.counts() == Self.counts)
        // Each page of the lists was asked for once.
        let pages = try scene.requests().filter { $0.contains("direction=asc") }
        #expect(Set(pages).count == pages.count && pages.count == 3 + 1 + 2 + 1)
        #expect(steps > 20)
    }

    @Test("a page that breaks off is read again, and nothing is missing or double")
    func cutOff() throws {
        let scene = try Scene(Self.everything, fields: #""has_discussions": true"#)
        for _ in 0..<3 {
            try scene.bench.gitHub.control(
                "fault", #"{"match": "issues\\?.*page=2", "cut": 30000}"#)
        }
        for _ in 0..<3 {
            #expect(scene.bench.code { try scene.read() } == .unavailable)
        }
        try scene.read()
        #expect(try scene.counts() == Self.counts)
    }

    @Test("what changes is read by itself, with nothing else")
    func changed() throws {
        let scene = try Scene(#""issues": 150, "pulls": 3, "comments": 5"#)
        try scene.read()
        try scene.read()
        _ = try scene.requests()
        try scene.control("edit-issues", #""key": 7, "title": "now another", "state": "closed""#)
        try scene.control("add-issues", #""title": "brand new", "number": 500"#)
        try scene.control("add-comments", #""number": 7, "body": "a word", "id": 9001"#)
        try scene.control("edit-pulls", #""key": 151, "merged_at": "2026-01-01T00:00:00Z""#)
        try scene.read()
        let kept = try scene.kept("issue")
        #expect(kept.contains("7 now another closed") && kept.contains("500 brand new open"))
        #expect(try scene.kept("comment").count == 6)
        #expect(try scene.kept("pr").contains { $0.hasPrefix("151 ") && $0.hasSuffix("merged") })
        // One page each, and the reviews of the pull request that changed.
        #expect(try scene.requests().count < 12)
    }

    @Test("an issue that moves to the front while pages are read loses none behind it")
    func moving() throws {
        let scene = try Scene(#""issues": 250"#)
        try scene.read()
        // All have changed, so that a pass by changes has three pages.
        for number in 1...250 {
            try scene.control(
                "edit-issues",
                #""key": \#(number), "title": "t\#(number)", "updated_at": "2026-06-01T00:00:\#(String(number % 60 + 100).dropFirst())Z""#
            )
        }
        try scene.bench.database.run(
            "UPDATE synced_streams SET since = '2026-05-01', etag = NULL, etag_page = NULL")
        try scene.read(steps: 1)
        try scene.control("edit-issues", #""key": 3, "title": "moved""#)
        try scene.control("edit-issues", #""key": 200, "title": "moved""#)
        try scene.read()
        try scene.read()
        let kept = try scene.kept("issue")
        #expect(kept.count == 250 && kept.filter { $0.contains("moved") }.count == 2)
        #expect(kept.filter { $0.contains(" t") }.count == 248)
    }

    @Test("what was deleted is noticed by the next full pass, each by asking for it")
    func deleted() throws {
        let scene = try Scene(#""issues": 120, "comments": 30, "releases": 2"#)
        try scene.read()
        try scene.control("delete", #""kind": "issues", "key": 5"#)
        try scene.control("delete", #""kind": "issues", "key": 90"#)
        try scene.read()
        #expect(try scene.kept("issue").count == 120)
        try scene.bench.database.run(
            "UPDATE synced_streams SET full_at = now() - interval '2 days'")
        try scene.bench.database.run(
            "UPDATE synced_items SET seen_at = seen_at - interval '2 days'")
        // A page that is missing for once takes nothing away.
        try scene.bench.gitHub.control(
            "fault", #"{"match": "issues\\?.*created.*asc", "status": 200, "body": "[]"}"#)
        try scene.read()
        let kept = try scene.kept("issue")
        #expect(kept.count == 118)
        #expect(!kept.contains { $0.hasPrefix("5 ") || $0.hasPrefix("90 ") })
        #expect(try scene.kept("comment").count < 30)
    }

    @Test("a delivery's word that something is gone is looked after at once")
    func doubted() throws {
        let scene = try Scene(#""issues": 3"#)
        try scene.read()
        try scene.control("delete", #""kind": "issues", "key": 2"#)
        try scene.store.doubt(.issue, 2)
        // This one is there: whoever says otherwise is not believed.
        try scene.store.doubt(.issue, 3)
        try scene.read()
        #expect(try scene.kept("issue").map { $0.prefix(1) } == ["1", "3"])
        #expect(try scene.store.nextDoubt() == nil)
    }

    @Test("a repository that is hidden is not taken for an empty one")
    func hidden() throws {
        let scene = try Scene(#""issues": 3"#)
        try scene.read()
        try scene.control("change", #""private": true, "admins": []"#)
        try scene.bench.database.run(
            "UPDATE synced_streams SET full_at = now() - interval '2 days'")
        #expect(scene.bench.code { try scene.read() } == .notFound)
        #expect(try scene.kept("issue").count == 3)
    }

    @Test("lists that are switched off or forbidden keep none of the others")
    func oneList() throws {
        let scene = try Scene(
            #""pulls": 4, "releases": 2"#, fields: #""has_issues": false, "has_discussions": true"#)
        try scene.bench.gitHub.control(
            "fault",
            #"""
            {"match": "pulls/comments", "status": 403, \#
            "message": "Resource not accessible by integration"}
            """#)
        try scene.read()
        #expect(try scene.kept("pr").count == 4 && scene.kept("release").count == 2)
        #expect(try scene.store.stream(.issues).problem?.contains("disabled") == true)
        #expect(try scene.store.stream(.reviewComments).problem?.contains("integration") == true)
    }

    @Test("a renamed repository is read under its new name")
    func renamed() throws {
        let scene = try Scene(#""issues": 130"#)
        try scene.control("rename", #""to": "octocat/goodbye""#)
        try scene.read()
        #expect(try scene.kept("issue").count == 130)
    }

    @Test("a limit that is used up in the middle is obeyed, and the rest read after")
    func limited() throws {
        let scene = try Scene(#""issues": 350"#)
        try scene.bench.gitHub.control("limit", #"{"remaining": 3, "reset": 4102444800}"#)
        // The repository, and two pages; the second says that nothing is left.
        let client = try scene.bench.access.client(
            workspace: scene.bench.workspace, on: scene.bench.connection)
        let run = try SyncRun(client: client, repository: "octocat/hello", store: scene.store)
        let first = try #require(try run.next())
        #expect(first.rest == nil)
        try first.write(to: scene.store)
        let second = try #require(try run.next())
        #expect(second.rest == .seconds(86_400))
        try second.write(to: scene.store)
        #expect(scene.bench.code { _ = try run.next() } == .rateLimited)
        try scene.bench.gitHub.control("clear")
        try scene.read()
        #expect(try scene.kept("issue").count == 350)
    }

    @Test("texts are kept with plain line ends, and bodies without addresses of the API")
    func texts() throws {
        let scene = try Scene("")
        try scene.control(
            "add-issues",
            #""title": "A title", "body": "first\r\nsecond \u0000 third", "user": "mona", "labels": ["bug"]"#
        )
        let client = try scene.bench.access.client(
            workspace: scene.bench.workspace, on: scene.bench.connection)
        let run = try SyncRun(client: client, repository: "octocat/hello", store: scene.store)
        let item = try #require(try run.next()?.items.first)
        #expect(
            String(decoding: item.text, as: UTF8.self)
                == "# A title\n\nfirst\nsecond \u{FFFD} third")
        #expect(item.path.description == "issues/1" && item.author == "mona")
        #expect(item.url == scene.bench.gitHub.url + "/octocat/hello/issues/1")
        #expect(!item.body.contains("/api/v3") && item.body.contains("\"bug\""))
        #expect(item.body.utf8.count < 1_500)
    }
}
