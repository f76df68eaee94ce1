import Foundation
import Git
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing

@testable import Workers

@Suite("What several workers do at once settles by itself", .timeLimit(.minutes(5)))
struct ContentionTests {
    private func remote() throws -> GitFixture {
        let fixture = try GitFixture()
        try fixture.write("a.py", "def a():\n    return 1\n")
        try fixture.commit()
        return fixture
    }

    @Test("a ref that another run moved is tried again, and a busy mirror costs no attempt")
    func failures() throws {
        let bench = try WorkerBench()
        try bench.enqueue([.repository(try bench.connect(try remote()).id)])
        let queue = JobQueue(connection: bench.connection)
        let lease = try #require(try queue.take(worker: "test", lease: .seconds(30)))
        func failure(_ error: any Error) -> JobFailure? {
            #expect(throws: JobFailure.self) {
                try FailureText.inUsersWords(of: lease, on: bench.connection) { throw error }
            }
        }
        let moved = failure(StorageError(code: .refMoved, message: "moved", remedy: "again"))
        #expect(moved?.isRetryable == true && moved?.postponement == nil)
        let busy = failure(WorkerError(code: .mirrorBusy, message: "busy", remedy: "wait"))
        let postponement = try #require(busy?.postponement)
        #expect(postponement >= .seconds(1) && postponement <= .seconds(2))
    }

    @Test("a tag of a tree is looked at once")
    func treeTag() async throws {
        let bench = try WorkerBench()
        let remote = try remote()
        try remote.git("tag", "a-tree", "HEAD^{tree}")
        let repository = try bench.connect(remote)
        for _ in 1...2 {
            try bench.enqueue([.repository(repository.id)])
            try await bench.workUntilDone([bench.configuration(slots: 1)])
            #expect(try bench.jobs("ref").count == 2)
        }
        #expect(try bench.digests(of: repository).keys.sorted() == ["refs/heads/main"])
    }

    @Test("where a ref was seen is written down, unless it was indexed meanwhile")
    func seen() async throws {
        let bench = try WorkerBench()
        let remote = try remote()
        defer { withExtendedLifetime(remote) {} }
        let repository = try bench.connect(remote)
        try bench.enqueue([.ref("refs/heads/main", ofRepository: repository.id)])
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        func read() throws -> RefRecord {
            try #require(
                try bench.store.ref(named: "refs/heads/main", ofRepository: repository.id))
        }
        let first = try read()
        #expect(first.seenCommit == first.indexedCommit)
        let other = try #require(ObjectID(hex: String(repeating: "a", count: 40)))
        try bench.store.setSeenCommits([(first, other)])
        #expect(try read().seenCommit == other)
        try bench.connection.execute("UPDATE refs SET indexed_commit = \(other.bytes)")
        let later = try #require(ObjectID(hex: String(repeating: "b", count: 40)))
        try bench.store.setSeenCommits([(first, later)])
        #expect(try read().seenCommit == other)
    }

    @Test("mirrors of disconnected repositories are removed, others stay")
    func disconnected() async throws {
        let bench = try WorkerBench()
        let remotes = try [remote(), remote()]
        defer { withExtendedLifetime(remotes) {} }
        let repositories = try remotes.map { try bench.connect($0) }
        try bench.enqueue(
            repositories.map { .ref("refs/heads/main", ofRepository: $0.id) })
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        let mirrors = MirrorCache(directory: bench.folder + "/mirrors", limitBytes: 1 << 30)
        #expect(mirrors.keys().count == 2)
        try RemoteStore(connection: bench.connection).disconnect(
            workspace: bench.store.workspace, id: repositories[0].id)
        try mirrors.removeDisconnected(on: bench.connection)
        #expect(mirrors.keys().map(\.repository) == [repositories[1].id])
    }
}
