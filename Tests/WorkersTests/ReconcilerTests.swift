import Git
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Workers

@Suite("Remotes are compared now and then", .timeLimit(.minutes(5)))
struct ReconcilerTests {
    private func queued(_ bench: WorkerBench) throws -> [Int] {
        try bench.jobs("repository").sorted { $0.id < $1.id }.compactMap { Int($0.uniqueKey) }
    }

    private func reconciler(_ bench: WorkerBench, batch: Int) -> Reconciler {
        var configuration = Reconciler.Configuration()
        configuration.batch = batch
        let database = bench.database
        return Reconciler(configuration: configuration) { try database.connect(.program()) }
    }

    @Test("a pass queues a limited number, those first that were compared longest ago")
    func order() throws {
        let bench = try WorkerBench()
        let remotes = RemoteStore(connection: bench.connection)
        var ids: [Int] = []
        for number in 0..<5 { ids.append(try bench.connect("https://example.com/a/\(number)").id) }
        // The first two have been compared, the second one first.
        for id in [ids[1], ids[0]] {
            let stored = try remotes.repository(workspace: bench.store.workspace, id: id)
            try remotes.markReconciled(#require(stored))
        }
        let reconciler = reconciler(bench, batch: 2)
        var counts: [Int] = []
        for _ in 0..<4 { counts.append(try reconciler.pass(on: bench.connection)) }
        #expect(counts == [2, 2, 1, 0])
        let order = try queued(bench)
        #expect(Set(order[..<2]) == [ids[2], ids[3]])
        #expect(Set(order[2..<4]) == [ids[4], ids[1]])
        #expect(order[4...] == [ids[0]])
    }

    @Test("a comparison that waits for its next attempt is not begun anew")
    func backOff() throws {
        let bench = try WorkerBench()
        _ = try bench.connect("https://example.com/a/b")
        #expect(try reconciler(bench, batch: 9).pass(on: bench.connection) == 1)
        let queue = JobQueue(connection: bench.connection)
        let lease = try #require(try queue.take(worker: "test", lease: .seconds(30)))
        // Another process, while the job runs, and while it waits.
        #expect(try reconciler(bench, batch: 9).pass(on: bench.connection) == 0)
        try queue.fail(lease, error: "no answer", retry: true, delay: .seconds(600))
        #expect(try reconciler(bench, batch: 9).pass(on: bench.connection) == 0)
        #expect(try queue.take(worker: "test", lease: .seconds(30)) == nil)
    }

    @Test("local repositories are left alone")
    func local() throws {
        let bench = try WorkerBench()
        _ = try bench.store.createRepository(url: "/a/.git", name: "a", include: [], exclude: [])
        #expect(try reconciler(bench, batch: 9).pass(on: bench.connection) == 0)
        #expect(try queued(bench).isEmpty)
    }

    @Test("a push that was never delivered is found by the timer")
    func lostPush() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    pass\n")
        try remote.commit()
        let repository = try bench.connect(remote)
        var configuration = Reconciler.Configuration()
        configuration.interval = .seconds(1)
        configuration.pause = .milliseconds(100)
        let service = bench.configuration(reconciler: configuration)
        try await bench.working([service]) {
            func waitFor(_ commit: String) async throws {
                try await bench.wait {
                    try bench.store.ref(named: "refs/heads/main", ofRepository: repository.id)?
                        .indexedCommit?.hex == commit
                }
            }
            try await waitFor(try remote.git("rev-parse", "main"))
            try remote.write("b.py", "def b():\n    pass\n")
            try await waitFor(try remote.commit())
        }
        // The housekeeping waits for its day.
        #expect(try bench.jobs("collect").map(\.state) == [.waiting])
        #expect(try bench.jobs("prune").map(\.state) == [.waiting])
    }

    @Test("every workspace is collected, also where they are more than one page")
    func manyWorkspaces() throws {
        let bench = try WorkerBench()
        try bench.connection.execute(
            """
            INSERT INTO workspaces (public_id, name)
            SELECT 'w' || n, 'w' || n FROM generate_series(1, 1100) n
            """)
        #expect(try reconciler(bench, batch: 9).pass(on: bench.connection) == 0)
        let row = try bench.connection.query(
            """
            SELECT count(*), count(DISTINCT workspace_id) FROM jobs WHERE kind = 'collect'
            UNION ALL SELECT count(*), count(DISTINCT workspace_id) FROM jobs WHERE kind = 'prune'
            """)
        #expect(try row.map { [try $0.int(0), try $0.int(1)] } == [[1101, 1101], [1, 1]])
    }

    @Test("collecting and pruning run as jobs")
    func housekeeping() async throws {
        let bench = try WorkerBench()
        try bench.enqueue([
            JobRequest(kind: "collect", uniqueKey: ""), JobRequest(kind: "prune", uniqueKey: ""),
        ])
        try await bench.workUntilDone([bench.configuration(slots: 2)])
        #expect(try bench.jobs().allSatisfy { $0.state == .done })
    }
}
