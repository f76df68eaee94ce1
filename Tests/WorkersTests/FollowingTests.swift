import Foundation
import Git
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Workers

@Suite("The index follows its remotes", .timeLimit(.minutes(5)))
struct FollowingTests {
    @Test(
        "pushes, forces and deletes, jobs doubled, dropped and shuffled, end at the remote's heads",
        arguments: [1, 2, 3] as [UInt64])
    func random(seed: UInt64) async throws {
        let bench = try WorkerBench()
        let remote = try RandomRemote(seed: seed)
        let repository = try bench.connect(remote.fixture)
        var random = SeededRandom(seed &+ 100)
        // Two workers of one host, two slots each.
        let workers = [bench.configuration(), bench.configuration()]
        try await bench.working(workers) {
            for _ in 0..<6 {
                var requests: [JobRequest] = []
                for _ in 0..<8 {
                    let push = try remote.step()
                    if Int.random(in: 0..<8, using: &random) == 0 { continue }
                    let request = bench.push(
                        push.ref, of: repository, before: push.before, after: push.after)
                    requests += Array(
                        repeating: request, count: Int.random(in: 1...2, using: &random))
                }
                for request in requests.shuffled(using: &random) { try bench.enqueue([request]) }
            }
            // What was lost is found by the comparison.
            try await bench.waitUntilDone()
            try bench.enqueue([.repository(repository.id)])
            try await bench.waitUntilDone()
        }
        let fresh = try bench.freshDigests(of: remote.fixture)
        #expect(try bench.digests(of: repository) == fresh)
        #expect(!fresh.isEmpty)
        #expect(bench.embedder.repeated == 0)
        let failed = try bench.jobs().filter { $0.state == .failed }
        #expect(failed.isEmpty, "\(failed.map(\.error))")
    }

    @Test("a repository that was just connected is indexed, the default branch first")
    func connecting() async throws {
        let bench = try WorkerBench()
        let remote = try GitRemote()
        for name in ["a", "b"] {
            try remote.fixture.write("\(name).py", "def \(name)():\n    pass\n")
        }
        try remote.fixture.commit()
        try remote.git("branch", "other")
        try remote.git("tag", "--annotate", "--message", "a tag", "v1")
        try remote.git("update-ref", "refs/pull/1/head", "HEAD")
        let repository = try bench.connect(remote.url, credentials: remote.token)
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        let fresh = try bench.freshDigests(of: remote.fixture)
        #expect(try bench.digests(of: repository) == fresh)
        #expect(fresh.keys.sorted() == ["refs/heads/main", "refs/heads/other", "refs/tags/v1"])
        let jobs = try bench.jobs("ref").sorted { $0.priority < $1.priority }
        #expect(jobs.first?.uniqueKey == "\(repository.id) refs/heads/main")
        let stored = try RemoteStore(connection: bench.connection).repository(
            workspace: repository.workspace, id: repository.id)
        #expect(stored?.defaultRef == "refs/heads/main")

        // Nothing differs any more: the annotated tag's object is known to stand for its commit.
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration()])
        #expect(try bench.jobs("ref").count == jobs.count)
    }

    @Test("heads of open pull requests are followed, those of closed ones dropped")
    func pullRequests() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    pass\n")
        try remote.commit()
        for number in 1...3 { try remote.git("update-ref", "refs/pull/\(number)/head", "HEAD") }
        let repository = try bench.connect(remote)
        let remotes = RemoteStore(connection: bench.connection)
        func set(_ number: Int, open: Bool, at second: Int) throws {
            try remotes.record(
                PullRequestRecord(
                    number: number, isOpen: open,
                    updatedAt: .init(unixMicroseconds: Int64(second) * 1_000_000)),
                workspace: repository.workspace, repository: repository.id)
        }
        try set(1, open: true, at: 1)
        try set(2, open: true, at: 1)
        try bench.enqueue([.repository(repository.id)])
        try await bench.workUntilDone([bench.configuration()])
        #expect(
            try bench.digests(of: repository).keys.sorted() == [
                "refs/heads/main", "refs/pull/1/head", "refs/pull/2/head",
            ])
        try set(1, open: false, at: 2)
        try bench.enqueue([bench.push("refs/pull/1/head", of: repository)])
        try await bench.workUntilDone([bench.configuration()])
        #expect(
            try bench.digests(of: repository).keys.sorted() == [
                "refs/heads/main", "refs/pull/2/head",
            ])
        // A late event about the closed one brings nothing back, and a comparison finds the other.
        try set(2, open: false, at: 2)
        try bench.enqueue([
            bench.push("refs/pull/1/head", of: repository), .repository(repository.id),
        ])
        try await bench.workUntilDone([bench.configuration()])
        #expect(try bench.digests(of: repository).keys.sorted() == ["refs/heads/main"])
    }
}
