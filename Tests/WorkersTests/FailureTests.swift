import Git
import GitdexTesting
import Queue
import Storage
import Testing
import Workers

@Suite("Failures of a remote are told and not hammered on", .timeLimit(.minutes(5)))
struct FailureTests {
    @Test("a repository whose credentials are refused rests, and no secret shows")
    func refused() async throws {
        let bench = try WorkerBench()
        let remote = try GitRemote()
        try remote.fixture.write("a.py", "def a():\n    pass\n")
        try remote.fixture.commit()
        let repository = try bench.connect(
            remote.url, credentials: "{\"username\":\"me\",\"password\":\"wrong-password\"}")
        let job = try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])[0]
        try await bench.working([bench.configuration(slots: 1)]) {
            try await bench.wait { try bench.jobs().first { $0.id == job }?.error != nil }
        }
        let failed = try #require(try bench.jobs().first { $0.id == job })
        #expect(failed.state == .waiting)
        #expect(failed.error?.contains("wrong-password") == false)
        #expect(failed.error?.contains("check that the token") == true)
        // Another push of the same repository waits too.
        try bench.enqueue([.ref("refs/heads/other", ofRepository: repository.id)])
        let queue = JobQueue(connection: bench.connection)
        #expect(try queue.take(worker: "test", lease: .seconds(30)) == nil)
    }

    @Test("a remote that fails for a while is tried again")
    func recovers() async throws {
        let bench = try WorkerBench()
        let remote = try GitRemote()
        try remote.fixture.write("a.py", "def a():\n    pass\n")
        try remote.fixture.commit()
        let repository = try bench.connect(remote.url, credentials: remote.token)
        try remote.setFault(.status(503))
        let job = try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])[0]
        try await bench.working([bench.configuration(slots: 1)]) {
            try await bench.wait { try bench.jobs().first { $0.id == job }?.error != nil }
            try remote.setFault(.none)
            try await bench.waitUntilDone()
        }
        #expect(try bench.digests(of: repository) == bench.freshDigests(of: remote.fixture))
    }

    @Test("a job about a repository that was disconnected is done")
    func disconnected() async throws {
        let bench = try WorkerBench()
        try bench.enqueue([.ref("refs/heads/main", ofRepository: 12_345), .repository(12_345)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.jobs().allSatisfy { $0.state == .done })
    }

    @Test("a payload that names nothing fails at once")
    func malformed() async throws {
        let bench = try WorkerBench()
        try bench.enqueue([
            JobRequest(kind: "ref", uniqueKey: "a", payload: "{}"),
            JobRequest(kind: "ref", uniqueKey: "b", payload: "{\"repository\":\"x\"}"),
        ])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.jobs().allSatisfy { $0.state == .failed && $0.attempts == 1 })
    }

    @Test("a repository that the provider calls gone, and that is gone, loses its refs")
    func gone() async throws {
        let bench = try WorkerBench()
        let remote = try GitRemote()
        try remote.fixture.write("a.py", "def a():\n    pass\n")
        try remote.fixture.commit()
        let repository = try bench.connect(remote.url, credentials: remote.token)
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.digests(of: repository).count == 1)
        let remotes = RemoteStore(connection: bench.connection)
        try remotes.doubtAccess(workspace: repository.workspace, id: repository.id)
        // The remote answers: the doubt was for nothing.
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.digests(of: repository).count == 1)
        try remotes.doubtAccess(workspace: repository.workspace, id: repository.id)
        try remote.setFault(.status(404))
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try bench.digests(of: repository).isEmpty)
    }
}
