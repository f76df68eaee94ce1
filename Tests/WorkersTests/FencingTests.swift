import Git
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Workers

@Suite("Only who holds the job may commit", .timeLimit(.minutes(5)))
struct FencingTests {
    private func remote() throws -> GitFixture {
        let fixture = try GitFixture()
        try fixture.write("a.py", "def a():\n    return 1\n")
        try fixture.commit()
        return fixture
    }

    private func indexed(_ bench: WorkerBench, _ repository: RemoteRepository) throws -> String? {
        try bench.store.ref(named: "refs/heads/main", ofRepository: repository.id)?
            .indexedCommit?.hex
    }

    @Test("a worker that lost its lease in the middle commits nothing, and another one finishes")
    func lostLease() async throws {
        let bench = try WorkerBench()
        let remote = try remote()
        let repository = try bench.connect(remote)
        let job = try bench.enqueue([bench.push("refs/heads/main", of: repository)])[0]
        let gate = Gate()
        try await bench.working([bench.configuration(slots: 1, gate: gate)]) {
            await gate.waitForArrival()
            let queue = JobQueue(connection: bench.connection)
            try queue.cancel(workspace: repository.workspace, id: job)
            // The same ref, which the late worker must not move any more.
            try bench.enqueue([bench.push("refs/heads/main", of: repository)])
            let second = try queue.take(kinds: ["ref"], worker: "another", lease: .seconds(60))
            #expect(second != nil)
            gate.open()
        }
        #expect(try indexed(bench, repository) == nil)
        #expect(try bench.jobs().first { $0.id == job }?.state == .cancelled)

        // The second worker died: its lease runs out, and a third one does the work.
        try bench.connection.execute(
            "UPDATE jobs SET leased_until = now() - interval '1 second' WHERE state = 'running'")
        try await bench.workUntilDone([bench.configuration(slots: 1, mirrors: "elsewhere")])
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote))
    }

    @Test("a worker that stops gives its job back, and what it still does does not count")
    func stop() async throws {
        let bench = try WorkerBench()
        let remote = try remote()
        let repository = try bench.connect(remote)
        let job = try bench.enqueue([bench.push("refs/heads/main", of: repository)])[0]
        let gate = Gate()
        try await bench.working([
            bench.configuration(slots: 1, gate: gate, stopTimeout: .milliseconds(50))
        ]) {
            await gate.waitForArrival()
        }
        // The worker is gone, its thread stands at the gate still.
        let given = try bench.jobs().first { $0.id == job }
        #expect(given?.state == .waiting)
        #expect(given?.attempts == 0)
        gate.open()
        try await bench.workUntilDone([bench.configuration(slots: 1, mirrors: "elsewhere")])
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote))
        #expect(try bench.jobs().first { $0.id == job }?.state == .done)
    }
}
