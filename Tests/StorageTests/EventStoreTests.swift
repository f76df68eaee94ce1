import GitdexTesting
import Postgres
import Storage
import Testing

@Suite("Events")
struct EventStoreTests {
    @Test("tell of each job's states and progress, and of nothing else about it")
    func jobs() throws {
        let server = try ServerFixture()
        let job = try server.makeJob()
        try server.connection.execute("UPDATE jobs SET priority = 5, error = 'x'")
        try server.connection.execute("UPDATE jobs SET progress_done = 3, progress_total = 9")
        try server.end(job: job, as: "done")
        let events = try server.events.events(workspace: server.workspace, after: nil, limit: 9)
        #expect(events.map(\.kind) == ["job", "job", "job"])
        #expect(events[0].payload.contains("\"state\": \"waiting\""))
        #expect(events[0].payload.contains("\"progress\": null"))
        #expect(events[0].payload.contains("\"repository\": 7"))
        #expect(events[1].payload.contains("\"progress\": {\"done\": 3, \"total\": 9}"))
        #expect(events[2].payload.contains("\"state\": \"done\""))
        #expect(events.allSatisfy { $0.payload.contains("\"id\": \(job)") })
    }

    @Test("tell of each ref that moves or goes, at its commit")
    func refs() throws {
        let server = try ServerFixture()
        let store = try IndexStore(connection: server.connection)
        let repository = try store.createRepository(
            url: "/srv/x", name: "x", include: [], exclude: [])
        let ref = try store.makeRef(named: "refs/heads/main", ofRepository: repository.id)
        try server.connection.execute(
            "UPDATE refs SET indexed_commit = decode(repeat('ab', 20), 'hex')")
        try server.connection.execute("UPDATE refs SET seen_at = now()")
        try store.deleteRef(ref.id)
        let events = try server.events.events(workspace: server.workspace, after: nil, limit: 9)
        #expect(events.map(\.kind) == ["index", "index"])
        #expect(events[0].payload.contains(String(repeating: "ab", count: 20)))
        #expect(events[0].payload.contains("\"repository\": \(repository.id)"))
        #expect(events[0].payload.contains("refs/heads/main"))
        #expect(events[1].payload.contains("\"commit\": null"))
    }

    @Test("become visible in the order of their numbers, whoever commits first")
    func order() throws {
        let server = try ServerFixture()
        let workspace = server.workspace
        let first = try server.database.connect()
        let second = try server.database.connect()
        func read(after: Int?) throws -> [StoredEvent] {
            try server.events.events(workspace: workspace, after: after, limit: 100)
        }
        // `first` changes a job first and commits last.
        try first.script("BEGIN")
        let late = try server.makeJob("late", on: first)
        try second.script("BEGIN")
        let early = try server.makeJob("early", on: second)
        try second.script("COMMIT")
        let seen = try read(after: nil)
        #expect(seen.count == 1)
        #expect(seen[0].payload.contains("\"id\": \(early)"))
        try first.script("COMMIT")
        let rest = try read(after: seen[0].id)
        #expect(rest.count == 1)
        #expect(rest.first?.payload.contains("\"id\": \(late)") == true)
        #expect(try server.events.last(workspace: workspace) == rest.first?.id)
    }

    @Test("are never skipped by a reader that goes on while many write", .timeLimit(.minutes(1)))
    func reader() async throws {
        let server = try ServerFixture()
        let database = server.database
        let workspace = server.workspace
        let writers = 4
        let rounds = 50
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    let connection = try database.connect()
                    for round in 0..<rounds {
                        try connection.transaction {
                            for part in 0..<3 {
                                try connection.execute(
                                    """
                                    INSERT INTO jobs (workspace_id, kind, unique_key)
                                    VALUES (\(workspace), 'ref', \("\(writer) \(round) \(part)"))
                                    """)
                            }
                        }
                    }
                }
            }
            group.addTask {
                let events = EventStore(connection: try database.connect())
                var seen = 0
                var last: Int?
                while seen < writers * rounds * 3 {
                    let page = try events.events(workspace: workspace, after: last, limit: 7)
                    seen += page.count
                    last = page.last?.id ?? last
                }
                #expect(
                    try events.events(workspace: workspace, after: nil, limit: 9999).count == seen)
            }
            try await group.waitForAll()
        }
    }

    @Test("are of one workspace, notified by its number, and go with it")
    func workspaces() throws {
        let server = try ServerFixture()
        let other = try server.makeWorkspace("other")
        try server.connection.listen(to: EventStore.channel)
        _ = try server.makeJob()
        _ = try server.makeJob(workspace: other)
        #expect(try server.events.events(workspace: other, after: nil, limit: 9).count == 1)
        for expected in [server.workspace, other] {
            let note = try server.connection.nextNotification(timeoutMilliseconds: 5000)
            #expect(note?.channel == EventStore.channel)
            #expect(note?.payload == "\(expected)")
        }
        let remote = try server.remotes.connect(workspace: other, url: "https://h/a/b")
        try server.connection.execute(
            """
            INSERT INTO refs (workspace_id, repository_id, name, indexed_commit)
            VALUES (\(other), \(remote.id), 'refs/heads/x', decode(repeat('00', 20), 'hex'))
            """)
        try server.connection.execute("DELETE FROM workspaces WHERE id = \(other)")
        #expect(try server.events.events(workspace: other, after: nil, limit: 9).isEmpty)
        #expect(
            try server.events.events(workspace: server.workspace, after: nil, limit: 9).count == 1)
    }

    @Test("that are forgotten can still be gone on from")
    func pruned() throws {
        let server = try ServerFixture()
        _ = try server.makeJob("a")
        let last = try server.events.last(workspace: server.workspace)
        try server.connection.execute(
            "UPDATE events SET created_at = now() - interval '2 days'")
        #expect(try server.events.prune(olderThan: 86400) == 1)
        let next = try server.makeJob("b")
        let events = try server.events.events(
            workspace: server.workspace, after: last, limit: 9)
        #expect(events.count == 1)
        #expect(events.first?.payload.contains("\"id\": \(next)") == true)
    }
}
