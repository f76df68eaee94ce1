import Cryptography
import Foundation
import GitdexTesting
import Postgres
import Testing

/// A served remote, a database, and the real `gitdex serve` between them.
final class ServerBench {
    static let secret = "a secret that both sides know"

    let remote: GitRemote
    /// The address of the database.
    let databaseURL: String
    private let database: TestDatabase?
    /// The repository's number, once it is connected.
    var repository = 0
    /// What workers reach the database through, kept as long as they run.
    var relays: [DatabaseRelay] = []
    private(set) var process: GitdexProcess
    private(set) var client: HTTPClient
    private let environment: [String: String]
    private let folder: String
    private let workers: Int
    private let isLocal: Bool
    private let port: Int

    /// Starts the server.
    ///
    /// - Parameters:
    ///   - workers: How many jobs it runs at once.
    ///   - isLocal: Whether it needs no login.
    ///   - port: Where it listens; 0 for any port that is free.
    ///   - isEmbedded: Whether it has a PostgreSQL of its own, instead of a database of the tests'.
    ///   - isRelayed: Whether it reaches the tests' database through a relay, the first of `relays`.
    ///   - settings: More of its environment.
    /// - Throws: When a part cannot be started.
    init(
        workers: Int = 1, isLocal: Bool = true, port: Int = 0, isEmbedded: Bool = false,
        isRelayed: Bool = false,
        settings: [String: String] = [:]
    ) async throws {
        let fixture = try GitFixture()
        remote = try GitRemote(fixture)
        folder = fixture.folder
        var environment = Self.environment(folder: fixture.folder)
        environment["JWT_SECRET"] = "a secret of more than thirty-two bytes for the tests"
        environment.merge(settings) { $1 }
        if isEmbedded {
            database = nil
            // The server's own user has to reach its data.
            chmod(fixture.folder, 0o755)
            databaseURL = try Self.output(["db", "url"], folder, environment)
        } else {
            let database = try TestDatabase()
            self.database = database
            databaseURL = database.url
            environment["DATABASE_URL"] = database.url
            if isRelayed {
                let relay = try DatabaseRelay(to: database, in: fixture.folder)
                relays.append(relay)
                environment["DATABASE_URL"] = relay.url
            }
        }
        self.environment = environment
        self.workers = workers
        self.isLocal = isLocal
        self.port = port
        _ = try Self.output(["migrate", "up"], folder, environment)
        (process, client) = try await Self.serve(
            folder, environment, workers: workers, isLocal: isLocal, port: port)
    }

    deinit {
        guard database == nil else { return }
        process.signal(SIGKILL)
        process.finish()
        _ = try? Self.output(["db", "stop"], folder, environment)
    }

    /// What a command prints that must succeed.
    private static func output(
        _ arguments: [String], _ folder: String, _ environment: [String: String]
    ) throws -> String {
        let outcome = try GitdexProcess(arguments, in: folder, environment: environment).finish()
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The first column of what a query gives.
    func column(_ text: String) throws -> [String] {
        try Connection(databaseURL).query("\(unsafe: text)").map { try $0.optionalString(0) ?? "" }
    }

    /// Kills the embedded PostgreSQL as a power cut would.
    func killDatabase() throws {
        let file = folder + "/data/postgres/cluster/postmaster.pid"
        let line = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")[0]
        kill(try #require(Int32(line)), SIGKILL)
    }

    /// An environment that names nothing of the host but the assets.
    static func environment(folder: String) -> [String: String] {
        var environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": folder, "LC_ALL": "C", "GITDEX_DATA_DIR": folder + "/data",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GITDEX_ALLOW_PRIVATE_REMOTES": "1", "GITHUB_WEBHOOK_SECRET": secret,
        ]
        environment["GITDEX_ASSETS_DIR"] = TestAssets.directories.first {
            FileManager.default.fileExists(atPath: $0)
        }
        return environment
    }

    /// Starts a server on a free port and waits until it says that it listens.
    private static func serve(
        _ folder: String, _ environment: [String: String], workers: Int, isLocal: Bool,
        port: Int
    ) async throws -> (GitdexProcess, HTTPClient) {
        let process = try GitdexProcess(
            ["serve", "--port", String(port), "--workers", String(workers)]
                + (isLocal ? ["--local"] : []),
            in: folder, environment: environment)
        while true {
            let log = process.errorsSoFar
            if let match = log.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/),
                let port = Int(match.1)
            {
                return (process, HTTPClient(port: port))
            }
            if !process.isRunning {
                throw Failure(description: "the server ended: \(process.finish().errors)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Something that the server should not have answered.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Kills the server as a power cut would, and starts another.
    func killAndRestart() async throws {
        process.signal(SIGKILL)
        process.finish()
        (process, client) = try await Self.serve(
            folder, environment, workers: workers, isLocal: isLocal, port: port)
    }

    /// Starts a worker of its own beside the server.
    func startWorker(
        concurrency: Int = 1, options: [String] = [],
        program: [String] = [GitdexProcess.executable], changes: [String: String] = [:]
    ) throws -> GitdexProcess {
        try GitdexProcess(
            ["worker", "--concurrency", String(concurrency)] + options, program: program,
            in: folder, environment: environment.merging(changes) { $1 })
    }

    /// Runs a command to its end, with the server's settings.
    func gitdex(_ arguments: String...) throws -> GitdexOutcome { try gitdex(arguments) }

    /// Runs a command to its end, with the server's settings.
    func gitdex(_ arguments: [String]) throws -> GitdexOutcome {
        try GitdexProcess(arguments, in: folder, environment: environment).finish()
    }

    /// The tests' database, where it is one.
    var testDatabase: TestDatabase {
        get throws { try #require(database) }
    }

    // MARK: Requests

    /// Asks for JSON that must come.
    func json(_ path: String) async throws -> JSONValue {
        let answer = try await client.send("GET", "/v1/workspaces/local" + path)
        guard answer.status == 200 else {
            throw Failure(description: "GET \(path): \(answer.status) \(answer.text)")
        }
        return answer.json
    }

    /// Sends JSON; returns the answer, whatever it is.
    @discardableResult
    func post(_ path: String, _ body: String = "{}") async throws -> HTTPAnswer {
        try await client.send(
            "POST", "/v1/workspaces/local" + path, headers: ["content-type": "application/json"],
            body: Array(body.utf8))
    }

    /// Connects the remote, and keeps its number.
    @discardableResult
    func connect() async throws -> JSONValue {
        let answer = try await post(
            "/repositories",
            """
            {"url": "\(remote.url)", "name": "served", "provider": "git",
             "credentials": {"token": "\(remote.token)"}}
            """)
        try #require(answer.status == 201, "\(answer.text)")
        repository = try #require(Int(answer.json["id"].string ?? "") ?? answer.json["id"].int)
        return answer.json
    }

    /// Posts a delivery as GitHub does.
    @discardableResult
    func deliver(
        _ payload: String, event: String = "push", guid: String = UUID().uuidString,
        secret: String = ServerBench.secret
    ) async throws -> HTTPAnswer {
        let body = Array(payload.utf8)
        let code = HMACSHA256.authenticationCode(of: body, key: Array(secret.utf8))
        let hex = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return try await client.send(
            "POST", "/webhooks/github",
            headers: [
                "content-type": "application/json", "x-github-event": event,
                "x-github-delivery": guid, "x-github-hook-id": "1",
                "x-hub-signature-256": "sha256=" + hex,
            ], body: body)
    }

    /// What GitHub says about a ref that moved.
    func push(_ ref: String, before: String?, after: String?) -> String {
        let none = String(repeating: "0", count: 40)
        return """
            {"ref": "\(ref)", "before": "\(before ?? none)", "after": "\(after ?? none)",
             "created": \(before == nil), "deleted": \(after == nil), "forced": false,
             "repository": {"id": 4711, "full_name": "team/served",
                 "clone_url": "\(remote.url)", "html_url": "\(remote.url)"},
             "commits": []}
            """
    }

    // MARK: Waiting

    /// Waits until no job waits or runs, and returns the jobs that failed.
    func settle(limit: Duration = .seconds(120)) async throws -> [JSONValue] {
        try await wait(limit, "jobs are left") {
            // What is done once a day waits for its hour.
            let living = try? column(
                """
                SELECT count(*)::text FROM jobs
                WHERE state IN ('waiting', 'running') AND kind IN ('ref', 'repository')
                """)
            return living == ["0"]
        }
        return try await json("/jobs?state=failed")["jobs"].elements
    }

    /// Waits until something is so.
    func wait(
        _ limit: Duration = .seconds(60), _ complaint: String, until isSo: () async throws -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while try await !isSo() {
            guard clock.now < end else {
                throw Failure(description: "\(complaint) after \(limit): \(process.errorsSoFar)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The commits at which the index stands, by ref.
    func indexedCommits() throws -> [String: String] {
        let rows = try column(
            """
            SELECT name || ' ' || encode(indexed_commit, 'hex') FROM refs
            WHERE indexed_commit IS NOT NULL ORDER BY 1
            """)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let parts = row.split(separator: " ")
                return (String(parts[0]), String(parts[1]))
            })
    }

    /// The commits at which the remote's branches and tags stand.
    func remoteCommits() throws -> [String: String] {
        let lines = try remote.git(
            "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")
        return Dictionary(
            uniqueKeysWithValues: lines.split(separator: "\n").map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), String(parts[1]))
            })
    }
}
