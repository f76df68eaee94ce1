import Foundation
import Git
import GitdexTesting
import Queue
import Storage
import Testing
import Workers

@Suite("What a push says is a hint", .timeLimit(.minutes(5)))
struct HintTests {
    private struct Scene {
        let bench: WorkerBench
        let remote: GitFixture
        let repository: RemoteRepository
        let first: String

        init() throws {
            bench = try WorkerBench()
            remote = try GitFixture()
            try remote.write("a.py", "def a():\n    return 1\n")
            first = try remote.commit()
            repository = try bench.connect(remote)
        }

        /// Makes a commit that no ref of the remote shows.
        func hiddenCommit() throws -> String {
            let head = try remote.git("rev-parse", "main")
            try remote.write("a.py", "def a():\n    return \(Int.random(in: 2...1000))\n")
            let commit = try remote.commit()
            try remote.git("update-ref", "refs/heads/main", head)
            return commit
        }

        var indexed: String? {
            get throws {
                try bench.store.ref(named: "refs/heads/main", ofRepository: repository.id)?
                    .indexedCommit?.hex
            }
        }

        func push(after: String, receivedAt: Double? = nil) -> JobRequest {
            bench.push(
                "refs/heads/main", of: repository, before: first, after: after,
                receivedAt: receivedAt)
        }
    }

    @Test("a commit that the remote does not show yet is looked for until it does")
    func late() async throws {
        let scene = try Scene()
        let bench = scene.bench
        let late = try scene.hiddenCommit()
        let job = try bench.enqueue([scene.push(after: late)])[0]
        try await bench.working([bench.configuration(slots: 1)]) {
            try await bench.wait { try bench.jobs().first { $0.id == job }?.error != nil }
            #expect(try scene.indexed == scene.first)
            try scene.remote.git("update-ref", "refs/heads/main", late)
            try await bench.waitUntilDone()
        }
        #expect(try scene.indexed == late)
        #expect(try bench.jobs().first { $0.id == job }?.state == .done)
    }

    @Test("a remote that has moved past the push is taken as it is")
    func past() async throws {
        let scene = try Scene()
        let bench = scene.bench
        try scene.remote.write("b.py", "def b():\n    return 1\n")
        let second = try scene.remote.commit()
        try scene.remote.write("c.py", "def c():\n    return 1\n")
        let third = try scene.remote.commit()
        let job = try bench.enqueue([scene.push(after: second)])[0]
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try scene.indexed == third)
        #expect(try bench.jobs().first { $0.id == job }?.attempts == 1)
    }

    @Test("a push of long ago is not waited for")
    func old() async throws {
        let scene = try Scene()
        let bench = scene.bench
        let never = try scene.hiddenCommit()
        let job = try bench.enqueue([
            scene.push(after: never, receivedAt: Date().timeIntervalSince1970 - 3600)
        ])[0]
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        #expect(try scene.indexed == scene.first)
        #expect(try bench.jobs().first { $0.id == job }?.attempts == 1)
    }
}
