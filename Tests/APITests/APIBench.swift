import Embedding
import Foundation
import Git
import GitdexTesting
import Indexing
import Logging
import NIOCore
import Postgres
import Queue
import ServiceLifecycle
import Storage
import Syntax
import Testing
import Threads

@testable import API

/// A server that listens on a port of its own, over a database of its own.
final class APIBench: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let database: TestDatabase
    let pool: Pool
    let port: Int
    let document: JSONValue
    private let group: ServiceGroup
    private let running: Task<Void, any Error>

    /// Starts a server, and waits until it listens.
    static func start(
        isLocal: Bool = true, hasAccounts: Bool = false, edges: EdgeRules = EdgeRules(),
        times: RequestTimes = RequestTimes(), log: LogKeeper? = nil,
        services change: @Sendable (inout APIServices) -> Void = { _ in }
    ) async throws -> APIBench {
        // Off Swift's own threads, which the servers of other tests need.
        let database = try await HTTPClient.blocking {
            let database = try TestDatabase()
            try SchemaMigrator(connection: try database.connect()).up()
            return database
        }
        return try await start(
            database: database, isLocal: isLocal, hasAccounts: hasAccounts, edges: edges,
            times: times, log: log, services: change)
    }

    /// Starts another process' server over the same database.
    func sibling(edges: EdgeRules) async throws -> APIBench {
        try await Self.start(
            database: database, isLocal: false, hasAccounts: true, edges: edges,
            times: RequestTimes(), log: nil
        ) { _ in }
    }

    private static func start(
        database: TestDatabase, isLocal: Bool, hasAccounts: Bool, edges: EdgeRules,
        times: RequestTimes, log: LogKeeper?, services change: @Sendable (inout APIServices) -> Void
    ) async throws -> APIBench {
        let pool = Pool(url: database.url, limit: 4)
        var services = APIServices(
            pool: pool, databaseURL: database.url, embedder: try embedder(),
            metrics: { "# no metrics\n" })
        services.indexJob = { repository, ref in
            JobRequest(
                kind: ref == nil ? "repository" : "ref", uniqueKey: "\(repository) \(ref ?? "")",
                payload: "{}")
        }
        if hasAccounts { services.accounts = try await accounts(database.url) }
        change(&services)
        var configuration = APIConfiguration(
            port: 0, isLocal: isLocal && !hasAccounts, version: "0.0.0-test")
        configuration.times = times
        configuration.edges = edges
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test") { _ in SilentLog() }
        if let log { logger = Logger(label: "test") { _ in log } }
        let server = APIServer(
            configuration: configuration, services: services, logger: logger
        ) { found.yield($0) }
        let group = ServiceGroup(services: [server], logger: logger)
        let running = Task { try await group.run() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else {
            throw Failure(description: "the server did not start")
        }
        let table = APIServer.table(
            configuration, services, EventHub(url: database.url),
            APIServer.authority(configuration, services, logger))
        let text = JSONText.encode(
            OpenAPIDocument(table: table, version: configuration.version).document)
        return APIBench(
            database: database, pool: pool, port: port,
            document: try JSONValue(parsing: String(buffer: text)), group: group, running: running)
    }

    private init(
        database: TestDatabase, pool: Pool, port: Int, document: JSONValue, group: ServiceGroup,
        running: Task<Void, any Error>
    ) {
        self.database = database
        self.pool = pool
        self.port = port
        self.document = document
        self.group = group
        self.running = running
    }

    deinit {
        running.cancel()
        pool.shutdown()
    }

    /// Asks the server to stop, and waits until it has.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await running.value
    }

    // MARK: Requests

    /// Sends a request, and checks the answer against the OpenAPI document.
    @discardableResult
    func call(
        _ method: String, _ path: String, headers: [String: String] = [:], json: String? = nil
    ) async throws -> HTTPAnswer {
        var headers = headers
        if json != nil, headers["content-type"] == nil {
            headers["content-type"] = "application/json"
        }
        let answer = try await client.send(
            method, path, headers: headers, body: json.map { Array($0.utf8) })
        try DocumentCheck(document: document).check(answer, method: method, path: path)
        return answer
    }

    /// The same for a path in the one workspace.
    @discardableResult
    func local(
        _ method: String, _ path: String, headers: [String: String] = [:], json: String? = nil
    ) async throws -> HTTPAnswer {
        try await call(method, "/v1/workspaces/local/" + path, headers: headers, json: json)
    }

    var client: HTTPClient { HTTPClient(port: port) }

    // MARK: Contents

    /// Indexes a revision of a fixture.
    func index(_ fixture: GitFixture, _ revision: String? = nil) async throws {
        let (database, path) = (database, fixture.path)
        let thread = SerialThread(name: "test-index")
        defer { thread.stop() }
        try await thread.run {
            let grammars = try GrammarLibrary(directory: try Self.asset("grammars"))
            let embedder = try Self.embedder()
            let indexer = try Indexer(
                repository: try Repository(at: path),
                store: try IndexStore(connection: try database.connect()),
                configuration: IndexerConfiguration(
                    grammars: grammars, embedder: embedder, threads: 2
                ) { try IndexStore(connection: try database.connect()) })
            var request = IndexRequest()
            request.revision = revision
            _ = try indexer.index(request)
        }
    }

    /// Makes a repository known that lies elsewhere; returns its number.
    func connectRemote(_ url: String, name: String) async throws -> Int {
        try await pool.withConnection { connection in
            let store = try IndexStore(connection: connection)
            return try RemoteStore(connection: connection).connect(
                workspace: store.workspace, url: url, name: name
            ).id
        }
    }

    /// Queues jobs in the one workspace; returns their numbers.
    func enqueue(_ keys: [String]) async throws -> [Int] {
        try await pool.withConnection { connection in
            let workspace = try IndexStore(connection: connection).workspace
            return try JobQueue(connection: connection).enqueue(
                keys.map { (workspace, JobRequest(kind: "ref", uniqueKey: $0)) })
        }
    }

    private static func embedder() throws -> StaticEmbedder {
        try StaticEmbedder(modelFile: try asset("model/static.gdxm"))
    }

    private static func asset(_ name: String) throws -> String {
        for directory in TestAssets.directories {
            let path = directory + "/" + name
            if FileManager.default.isReadableFile(atPath: path) { return path }
        }
        throw Failure(description: "\(name) is not installed: run scripts/setup")
    }
}
