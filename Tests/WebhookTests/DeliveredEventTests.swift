import GitdexTesting
import Postgres
import Storage
import Testing
import Webhook

@Suite("Events become jobs")
struct DeliveredEventTests {
    private typealias Fixture = WebhookFixture
    private static let own = Fixture.repository

    /// An event and the jobs it asks for, with `#` for the repository's number.
    struct Case: Sendable, CustomTestStringConvertible {
        let event: String
        let body: String
        let jobs: [String]
        var status = 202

        var testDescription: String { "\(event): \(body.prefix(80))" }
    }

    static let cases = [
        Case(event: "push", body: Fixture.push(), jobs: ["ref # refs/heads/main"]),
        Case(event: "push", body: Fixture.push("refs/tags/v1"), jobs: ["ref # refs/tags/v1"]),
        Case(
            event: "push",
            body: """
                {"ref": "refs/heads/gone", "deleted": true, "forced": false,
                 "after": "\(String(repeating: "0", count: 40))", "repository": \(own)}
                """, jobs: ["ref # refs/heads/gone"]),
        Case(event: "push", body: Fixture.push("refs/notes/commits"), jobs: [], status: 204),
        Case(
            event: "create", body: #"{"ref": "a/b", "ref_type": "branch", "repository": \#(own)}"#,
            jobs: ["ref # refs/heads/a/b"]),
        Case(
            event: "create", body: #"{"ref": "v2", "ref_type": "tag", "repository": \#(own)}"#,
            jobs: ["ref # refs/tags/v2"]),
        Case(
            event: "create",
            body: #"{"ref": null, "ref_type": "repository", "repository": \#(own)}"#,
            jobs: ["repository #"]),
        Case(
            event: "create", body: #"{"ref": "x", "ref_type": "other", "repository": \#(own)}"#,
            jobs: [], status: 400),
        Case(
            event: "delete", body: #"{"ref": "../x", "ref_type": "branch", "repository": \#(own)}"#,
            jobs: [], status: 400),
        Case(
            event: "delete", body: #"{"ref": "old", "ref_type": "branch", "repository": \#(own)}"#,
            jobs: ["ref # refs/heads/old"]),
        Case(event: "ping", body: #"{"zen": "x", "repository": \#(own)}"#, jobs: []),
        Case(event: "ping", body: #"{"zen": "x", "hook_id": 1}"#, jobs: [], status: 204),
        Case(
            event: "star", body: #"{"action": "created", "repository": \#(own)}"#, jobs: [],
            status: 204),
        Case(event: "push", body: #"{"ref": "refs/heads/x"}"#, jobs: [], status: 400),
        Case(
            event: "push",
            body: Fixture.push(repository: #"{"id": 8, "full_name": "octo/unknown"}"#), jobs: [],
            status: 204),
        Case(event: "pull_request", body: pull("opened", 5), jobs: ["ref # refs/pull/5/head"]),
        Case(event: "pull_request", body: pull("labeled", 5), jobs: [], status: 202),
        Case(event: "pull_request", body: pull("opened", 0), jobs: [], status: 400),
        Case(event: "pull_request", body: pull("opened", 5_000_000_000), jobs: [], status: 400),
        Case(
            event: "pull_request", body: pull("opened", 5, at: "yesterday"), jobs: [], status: 400),
        Case(
            event: "repository", body: #"{"action": "deleted", "repository": \#(own)}"#,
            jobs: ["repository #"]),
        Case(
            event: "repository",
            body: """
                {"action": "edited", "changes": {"default_branch": {"from": "master"}},
                 "repository": \(own)}
                """, jobs: ["repository #"]),
        Case(
            event: "repository",
            body:
                #"{"action": "edited", "changes": {"description": {"from": "x"}}, "repository": \#(own)}"#,
            jobs: [], status: 204),
        Case(
            event: "installation",
            body: #"{"action": "deleted", "repositories": [{"id": 7, "full_name": "octo/hello"}]}"#,
            jobs: ["repository #"]),
        Case(
            event: "installation_repositories",
            body: """
                {"action": "removed", "repositories_added": [],
                 "repositories_removed": [{"id": 1, "full_name": "a/b"}, {"full_name": "octo/hello"}]}
                """, jobs: ["repository #"]),
        Case(event: "installation", body: #"{"action": "suspend"}"#, jobs: [], status: 204),
        Case(
            event: "installation", body: #"{"action": "created", "repositories": [7]}"#, jobs: [],
            status: 400),
    ]

    static func pull(
        _ action: String, _ number: Int, at time: String = "2026-11-25T09:00:00Z",
        state: String? = nil
    ) -> String {
        """
        {"action": "\(action)", "number": \(number),
         "pull_request": {"number": \(number), "updated_at": "\(time)",
            "state": "\(state ?? (action == "closed" ? "closed" : "open"))",
            "head": {"sha": "\(String(repeating: "b", count: 40))"}},
         "repository": \(own)}
        """
    }

    @Test("of the ref or the repository they hint at", arguments: cases)
    func jobs(event: Case) async throws {
        let server = try Fixture()
        let repository = try server.connect()
        let outcome = await server.deliver(event.event, event.body)
        #expect(outcome.status == event.status, "\(outcome)")
        #expect(
            try server.jobs() == event.jobs.map { $0.replacing("#", with: "\(repository.id)") })
        let stored = try DeliveryStore(connection: server.database.connect())
            .list(workspace: server.workspace, limit: 9)
        #expect(stored.count == (event.status == 202 ? 1 : 0))
    }

    @Test("that carry where the delivery saw the ref, and what rests when the remote refuses")
    func payload() async throws {
        let server = try Fixture()
        let repository = try server.connect()
        _ = await server.deliver("push", Fixture.push("refs/heads/\\u0022q\\u0022"))
        let row = try server.database.connect().query(
            "SELECT payload ->> 'ref', payload ->> 'after', payload ->> 'repository', scope FROM jobs"
        ).only()
        #expect(try row.string(0) == "refs/heads/\"q\"")
        #expect(try row.string(1) == String(repeating: "a", count: 40))
        #expect(try row.string(2) == "\(repository.id)")
        #expect(try row.string(3) == "repository \(repository.id)")
    }

    @Test("and a late word of its opening does not revive a closed pull request")
    func latePullRequest() async throws {
        let server = try Fixture()
        let repository = try server.connect()
        func isFollowed() throws -> Bool {
            try RemoteStore(connection: server.database.connect()).isFollowed(
                ref: "refs/pull/5/head", workspace: server.workspace, repository: repository.id)
        }
        _ = await server.deliver("pull_request", Self.pull("closed", 5, at: "2026-11-25T10:00:00Z"))
        _ = await server.deliver("pull_request", Self.pull("opened", 5, at: "2026-11-25T09:00:00Z"))
        #expect(try !isFollowed())
        _ = await server.deliver(
            "pull_request", Self.pull("reopened", 5, at: "2026-11-25T11:00:00Z"))
        #expect(try isFollowed())
        #expect(try server.jobs().count == 1)
    }

    @Test("of a repository that was renamed or given away, by its old name")
    func renamed() async throws {
        let server = try Fixture()
        let repository = try server.connect()
        func moved(_ action: String, _ changes: String, to name: String, at time: String)
            async throws
            -> String?
        {
            let outcome = await server.deliver(
                "repository",
                """
                {"action": "\(action)", "changes": \(changes), "repository": {"id": 7,
                 "full_name": "\(name)", "clone_url": "https://github.com/\(name).git",
                 "html_url": "https://github.com/\(name)", "archived": false,
                 "updated_at": "\(time)"}}
                """)
            #expect(outcome.status == 202)
            return try server.repository(repository.id)?.url
        }
        #expect(
            try await moved(
                "renamed", #"{"repository": {"name": {"from": "hello"}}}"#, to: "octo/world",
                at: "2026-11-25T10:00:00Z") == "https://github.com/octo/world.git")
        #expect(try server.repository(repository.id)?.providerID == 7)
        #expect(
            try await moved(
                "transferred", #"{"owner": {"from": {"user": {"login": "octo"}}}}"#,
                to: "mona/world", at: "2026-11-25T11:00:00Z") == "https://github.com/mona/world.git"
        )
        #expect(
            try await moved(
                "renamed", #"{"repository": {"name": {"from": "hello"}}}"#, to: "octo/world",
                at: "2026-11-25T10:00:00Z") == "https://github.com/mona/world.git")
        // A push by the newest name, and one by the number alone.
        #expect(
            await server.deliver(
                "push", Fixture.push(repository: #"{"full_name": "Mona/World"}"#)
            ).status == 202)
        #expect(
            await server.deliver("push", Fixture.push(repository: #"{"id": 7}"#)).status == 202)
    }

    @Test("of a repository that was archived, hidden or deleted, in doubt until it answers")
    func gone() async throws {
        let server = try Fixture()
        let repository = try server.connect()
        func send(_ action: String, archived: Bool = false) async throws -> RemoteRepository? {
            let outcome = await server.deliver(
                "repository",
                """
                {"action": "\(action)", "repository": {"id": 7, "full_name": "octo/hello",
                 "archived": \(archived)}}
                """)
            #expect(outcome.status == 202)
            return try server.repository(repository.id)
        }
        #expect(try await send("archived", archived: true)?.archived == true)
        #expect(try await send("unarchived")?.archived == false)
        for action in ["privatized", "deleted"] {
            #expect(try await send(action)?.isAccessDoubted == true)
            try RemoteStore(connection: server.database.connect()).markReconciled(
                #require(try server.repository(repository.id)))
        }
    }

    @Test("in every workspace whose secret fits, and in no other")
    func workspaces() async throws {
        let server = try Fixture(globalSecrets: [])
        let other = try server.makeWorkspace("other")
        let third = try server.makeWorkspace("third")
        try server.connect(secret: "shared")
        try server.connect("git@github.com:Octo/Hello.git", workspace: other, secret: "shared")
        try server.connect(workspace: third, secret: "another")
        let outcome = await server.deliver("push", Fixture.push(), guid: "g", secret: "shared")
        guard case .accepted(let jobs) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(jobs.count == 2)
        #expect(try server.jobs().count == 1 && server.jobs(of: other).count == 1)
        #expect(try server.jobs(of: third).isEmpty)
        #expect(
            await server.deliver("push", Fixture.push(), guid: "g", secret: "another").status == 202
        )
        #expect(
            await server.deliver("push", Fixture.push(), guid: "g", secret: "shared") == .duplicate)
    }

    @Test(
        "of a repository that lies in a folder",
        arguments: ["/srv/git/hello.git", "file:///srv/git/hello.git"])
    func paths(url: String) async throws {
        let server = try Fixture()
        try server.connect("/srv/git/hello.git")
        let outcome = await server.deliver(
            "push", Fixture.push(repository: #"{"clone_url": "\#(url)"}"#))
        #expect(outcome.status == 202)
    }

    @Test("again when they failed, and only then")
    func redelivery() async throws {
        let server = try Fixture()
        try server.connect()
        func send() async -> DeliveryOutcome {
            await server.deliver("push", Fixture.push(), guid: "g")
        }
        #expect(await send().status == 202)
        #expect(await send() == .duplicate)
        try server.end(jobs: "done")
        #expect(await send() == .duplicate)
        #expect(try server.jobs().isEmpty)
        #expect(await server.deliver("push", Fixture.push(), guid: "h").status == 202)
        try server.end(jobs: "failed")
        #expect(await server.deliver("push", Fixture.push(), guid: "h").status == 202)
        #expect(try server.jobs().count == 1)
        #expect(await server.deliver("push", Fixture.push(), guid: "h") == .duplicate)
    }

    @Test("once for one ref, however many deliveries wait, and again by hand")
    func merging() async throws {
        let server = try Fixture()
        let repository = try server.connect()
        let outcomes = await withTaskGroup(of: DeliveryOutcome.self) { group in
            for _ in 0..<200 { group.addTask { await server.deliver("push", Fixture.push()) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 200)
        #expect(outcomes.allSatisfy { $0.status == 202 })
        #expect(try server.jobs() == ["ref \(repository.id) refs/heads/main"])
        let store = DeliveryStore(connection: try server.database.connect())
        let list = try store.list(workspace: server.workspace, limit: 500)
        #expect(list.count == 200)
        #expect(list.allSatisfy { $0.jobs.count == 1 && $0.outcome == .pending })
        try server.end(jobs: "done")
        let jobs = try await server.receiver.replay(workspace: server.workspace, id: list[0].id)
        #expect(jobs.count == 1 && jobs[0] != list[0].jobs[0].id)
        #expect(try store.delivery(workspace: server.workspace, id: list[0].id)?.runs == 2)
        await #expect(throws: StorageError.self) {
            try await server.receiver.replay(workspace: server.workspace, id: 0)
        }
        try RemoteStore(connection: store.connection).disconnect(
            workspace: server.workspace, id: repository.id)
        await #expect(throws: WebhookError.self) {
            try await server.receiver.replay(workspace: server.workspace, id: list[0].id)
        }
    }

    @Test("one by one when one of a batch cannot be written")
    func poison() async throws {
        let server = try Fixture()
        try server.connect()
        // A table that refuses one name stands for any failure that meets one delivery alone.
        try server.database.connect().execute(
            "ALTER TABLE deliveries ADD CONSTRAINT poison CHECK (guid <> 'poison')")
        let outcomes = await withTaskGroup(of: (String, DeliveryOutcome).self) { group in
            for index in 0..<50 {
                let guid = index == 25 ? "poison" : "g\(index)"
                group.addTask { (guid, await server.deliver("push", Fixture.push(), guid: guid)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for (guid, outcome) in outcomes {
            #expect(outcome.status == (guid == "poison" ? 503 : 202), "\(guid)")
        }
    }
}
