import Foundation
import GitdexTesting
import Postgres
import Queue
import Storage
import Testing
import Workers

@Suite("A workspace whose deletion was broken off", .timeLimit(.minutes(5)))
struct DeletedWorkspaceTests {
    private static let publicID = "w1"

    /// How many rows of a workspace there are, in all tables that have such.
    private func rowCount(_ workspace: Int, _ connection: Connection) throws -> Int {
        try connection.query(
            """
            SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'workspace_id'
            """
        ).reduce(0) {
            try $0
                + connection.query(
                    """
                    SELECT count(*) FROM \(identifier: try $1.string(0))
                    WHERE workspace_id = \(workspace)
                    """
                ).only().int(0)
        }
    }

    @Test("is erased by the workers, with its mirror, and others stay")
    func prune() async throws {
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    return 1\n")
        try remote.commit()
        let workspace = try bench.connection.query(
            "INSERT INTO workspaces (public_id, name) VALUES (\(Self.publicID), 'W') RETURNING id"
        ).only().int(0)
        let repository = try RemoteStore(connection: bench.connection).connect(
            workspace: workspace, url: "file://" + remote.path)
        let kept = try bench.connect(remote)
        let main = "refs/heads/main"
        try JobQueue(connection: bench.connection).enqueue([
            (workspace, .ref(main, ofRepository: repository.id))
        ])
        try bench.enqueue([.ref(main, ofRepository: kept.id)])
        try await bench.workUntilDone([bench.configuration()])
        let mirrors = bench.folder + "/mirrors"
        let mirror = "\(mirrors)/\(workspace)/\(repository.id).git"
        let keptMirror = "\(mirrors)/\(kept.workspace)/\(kept.id).git"
        #expect(FileManager.default.fileExists(atPath: mirror))
        let local = bench.store.workspace
        let before = try rowCount(local, bench.connection)
        #expect(try rowCount(workspace, bench.connection) > 8)

        let spaces = WorkspaceStore(connection: bench.connection)
        #expect(try spaces.beginDeletion(workspace, publicID: "x1"))
        try bench.enqueue([JobRequest(kind: JobKinds.prune, uniqueKey: "")])
        try await bench.workUntilDone([bench.configuration()])
        #expect(try rowCount(workspace, bench.connection) == 0)
        #expect(try spaces.workspaces(member: nil).map(\.publicID) == ["local"])
        // The job of the clean-up and its events came on top.
        #expect(try rowCount(local, bench.connection) > before)
        try MirrorCache(directory: mirrors, limitBytes: .max)
            .removeDisconnected(on: bench.connection)
        #expect(!FileManager.default.fileExists(atPath: mirror))
        #expect(FileManager.default.fileExists(atPath: keptMirror))
    }

    @Test("is found by no worker any more")
    func unreachable() async throws {
        let bench = try WorkerBench()
        let workspace = try bench.connection.query(
            "INSERT INTO workspaces (public_id, name) VALUES (\(Self.publicID), 'W') RETURNING id"
        ).only().int(0)
        let queue = JobQueue(connection: bench.connection)
        try queue.enqueue([(workspace, JobRequest(kind: JobKinds.collect, uniqueKey: ""))])
        let lease = try #require(try queue.take(worker: "w", lease: .seconds(60)))
        _ = try WorkspaceStore(connection: bench.connection)
            .beginDeletion(workspace, publicID: "x1")
        #expect(throws: QueueError.self) { try queue.checkLease(lease) }
        #expect(throws: StorageError.self) {
            try IndexStore(connection: bench.connection, workspace: lease.workspacePublicID)
        }
    }
}
