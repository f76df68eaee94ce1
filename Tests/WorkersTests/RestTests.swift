import Foundation
import Git
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Workers

@Suite("A job waits no longer than there is reason to", .timeLimit(.minutes(5)))
struct RestTests {
    @Test("other credentials end the rest of a repository, for all of its jobs")
    func otherCredentials() async throws {
        let bench = try WorkerBench()
        let remote = try GitRemote()
        try remote.fixture.write("a.py", "def a():\n    pass\n")
        try remote.fixture.commit()
        let repository = try bench.connect(remote.url, credentials: "wrong-password")
        let ref = try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])[0]
        try await bench.working([bench.configuration(slots: 1)]) {
            try await bench.wait { try bench.jobs().first { $0.id == ref }?.error != nil }
        }
        let queue = JobQueue(connection: bench.connection)
        let ends = try queue.pauseEnds(workspace: repository.workspace)
        let resting = try #require(try bench.jobs().first { $0.id == ref })
        let due = try #require(resting.due(ends))
        #expect(due.unixMicroseconds > resting.createdAt.unixMicroseconds + 600_000_000)
        // A newer request says still why it waits.
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        #expect(try bench.jobs().first { $0.id == ref }?.error != nil)

        try RemoteStore(connection: bench.connection).setCredentials(
            remote.token, workspace: repository.workspace, id: repository.id)
        try queue.endRest(workspace: repository.workspace, scope: resting.scope)
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote.fixture))
    }

    @Test("a push that was forced away is not waited for")
    func forcedAway() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        var commits: [String] = []
        for number in 1...3 {
            try remote.write("a.py", "def a():\n    return \(number)\n")
            commits.append(try remote.commit())
            try remote.git("reset", "-q", "--hard", commits[0])
        }
        let repository = try bench.connect(remote)
        let job = try bench.enqueue([
            bench.push(
                "refs/heads/main", of: repository, before: commits[1], after: commits[2])
        ])[0]
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        let done = try #require(try bench.jobs().first { $0.id == job })
        #expect(done.state == .done && done.attempts == 1)
        #expect(
            try bench.store.ref(named: "refs/heads/main", ofRepository: repository.id)?
                .indexedCommit?.hex == commits[0])
    }

    @Test("a job whose repository is disconnected while it runs is done")
    func disconnected() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    return 1\n")
        try remote.commit()
        let repository = try bench.connect(remote)
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        let gate = Gate()
        try await bench.working([bench.configuration(slots: 1, gate: gate)]) {
            await gate.waitForArrival()
            try RemoteStore(connection: bench.connection).disconnect(
                workspace: repository.workspace, id: repository.id)
            gate.open()
            try await bench.waitUntilDone()
        }
        #expect(try bench.jobs().allSatisfy { $0.state == .done })
    }

    @Test("another branch becomes the default one when that is deleted")
    func renamedDefault() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    return 1\n")
        try remote.commit()
        let repository = try bench.connect(remote)
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        try remote.git("branch", "-m", "main", "trunk")
        try bench.enqueue([
            bench.push("refs/heads/main", of: repository),
            bench.push("refs/heads/trunk", of: repository),
        ])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        let known = try RemoteStore(connection: bench.connection).repository(
            workspace: repository.workspace, id: repository.id)
        #expect(known?.defaultRef == "refs/heads/trunk")
        #expect(try bench.digests(of: repository).keys.sorted() == ["refs/heads/trunk"])
    }
}
