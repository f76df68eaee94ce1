import Cryptography
import Embedding
import Foundation
import Git
import GitdexTesting
import Indexing
import Logging
import Postgres
import Queue
import Storage
import Syntax
import Workers

/// A database, a folder of mirrors, and workers on them.
final class WorkerBench {
    let database: TestDatabase
    let connection: Connection
    let store: IndexStore
    let embedder: RecordingEmbedder
    let folder: String
    private let listener: Listener
    private let grammars: GrammarLibrary
    private let plainEmbedder: any Embedder
    private var freshWorkspaces = 0

    struct Missing: Error {
        let what: String
    }

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        store = try IndexStore(connection: try database.connect(.program()))
        grammars = try GrammarLibrary(directory: try Self.asset("grammars"))
        plainEmbedder = try StaticEmbedder(modelFile: try Self.asset("model/static.gdxm"))
        embedder = RecordingEmbedder(plainEmbedder)
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex-workers-" + UUID().uuidString).path
        listener = Listener(url: database.url, channels: ["gitdex_events"])
    }

    deinit {
        listener.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func asset(_ name: String) throws -> String {
        for directory in TestAssets.directories {
            let path = directory + "/" + name
            if FileManager.default.isReadableFile(atPath: path) { return path }
        }
        throw Missing(what: name)
    }

    // MARK: Workers

    func configuration(
        slots: Int = 2, mirrors: String = "mirrors", lease: Duration = .seconds(30),
        mirrorLimitBytes: Int = 1 << 30, gate: Gate? = nil, stopTimeout: Duration = .seconds(5),
        reconciler: Reconciler.Configuration? = nil
    ) -> WorkerService.Configuration {
        let url = database.url
        return WorkerService.Configuration(
            url: url, connectionOptions: .program("worker"),
            runner: JobRunnerConfiguration(
                worker: "test", slots: slots, lease: lease, pollInterval: .milliseconds(100),
                stopTimeout: stopTimeout),
            parts: IndexingParts(
                grammars: grammars,
                embedder: gate.map { RecordingEmbedder(plainEmbedder, gate: $0) } ?? embedder,
                threads: 2
            ) {
                try Connection(url, options: .program())
            },
            access: RemoteAccess { Array($0.utf8) },
            mirrorDirectory: folder + "/" + mirrors, mirrorLimitBytes: mirrorLimitBytes,
            reconciler: reconciler)
    }

    /// Runs workers until `body` returns.
    func working<R>(
        _ configurations: [WorkerService.Configuration], _ body: () async throws -> R
    ) async throws -> R {
        let tasks = configurations.map { configuration in
            Task { await WorkerService(configuration).run() }
        }
        let result: Result<R, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        return try result.get()
    }

    /// Runs workers until every job has ended.
    func workUntilDone(_ configurations: [WorkerService.Configuration]) async throws {
        try await working(configurations) { try await waitUntilDone() }
    }

    func waitUntilDone() async throws {
        try await wait { try unfinished == 0 }
    }

    /// Looks after each event of the database whether something holds by now.
    func wait(until holds: () throws -> Bool) async throws {
        var events = listener.events.makeAsyncIterator()
        while try !holds() {
            guard await events.next() != nil else { throw Missing(what: "more events") }
        }
    }

    private var unfinished: Int {
        get throws {
            try JobQueue(connection: connection).counts()
                .filter { !$0.state.isEnded }.reduce(0) { $0 + $1.count }
        }
    }

    // MARK: Repositories and jobs

    func connect(_ url: String, credentials: String? = nil) throws -> RemoteRepository {
        try RemoteStore(connection: connection).connect(
            workspace: store.workspace, url: url, credentials: credentials)
    }

    func connect(_ fixture: GitFixture) throws -> RemoteRepository {
        try connect("file://" + fixture.path)
    }

    @discardableResult
    func enqueue(_ requests: [JobRequest]) throws -> [Int] {
        try JobQueue(connection: connection).enqueue(requests.map { (store.workspace, $0) })
    }

    func push(
        _ ref: String, of repository: RemoteRepository, before: String? = nil, after: String? = nil,
        receivedAt: Double? = nil
    ) -> JobRequest {
        var request = JobRequest.ref(ref, ofRepository: repository.id)
        var fields = ["\"repository\":\(repository.id)", "\"ref\":\"\(ref)\""]
        if let before { fields.append("\"before\":\"\(before)\"") }
        if let after { fields.append("\"after\":\"\(after)\"") }
        if let receivedAt { fields.append("\"received_at\":\(receivedAt)") }
        request.payload = "{" + fields.joined(separator: ",") + "}"
        return request
    }

    func jobs(_ kind: String? = nil) throws -> [Job] {
        try JobQueue(connection: connection).list(workspace: nil, kind: kind, limit: 1000)
    }

    // MARK: What must hold

    /// The digests of the repository's indexed refs.
    func digests(of repository: RemoteRepository) throws -> [String: SHA256Digest] {
        var digests: [String: SHA256Digest] = [:]
        for ref in try store.refs(ofRepository: repository.id) {
            digests[ref.name] = try store.digest(ofRef: ref.id)
        }
        return digests
    }

    /// The digests that fresh indexes of a repository's refs have.
    func freshDigests(of fixture: GitFixture) throws -> [String: SHA256Digest] {
        freshWorkspaces += 1
        let name = "fresh-\(freshWorkspaces)"
        try connection.execute(
            "INSERT INTO workspaces (public_id, name) VALUES (\(name), \(name))")
        let fresh = try IndexStore(connection: connection, workspace: name)
        let url = database.url
        let indexer = try Indexer(
            repository: try Repository(at: fixture.path), store: fresh,
            configuration: IndexerConfiguration(
                grammars: grammars, embedder: plainEmbedder, threads: 2
            ) { try IndexStore(connection: try Connection(url), workspace: name) })
        var digests: [String: SHA256Digest] = [:]
        let refs = try fixture.git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags")
        for ref in refs.split(separator: "\n").map(String.init) {
            var request = IndexRequest()
            request.revision = ref
            request.wantsDigest = true
            digests[ref] = try indexer.index(request).digest
        }
        return digests
    }
}
