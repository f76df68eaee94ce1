import Cryptography
import GitdexTesting
import Postgres
import Queue
import Storage
import Webhook

/// A receiver over a database of its own, with what a sender and an administrator do.
final class WebhookFixture: Sendable {
    static let globalSecret = "It's a Secret to Everybody"

    let database: TestDatabase
    let pool: Pool
    let receiver: DeliveryReceiver
    let workspace: Int
    private let box: Fernet

    init(globalSecrets: [String] = [WebhookFixture.globalSecret]) throws {
        database = try TestDatabase()
        let connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        workspace = try connection.query("SELECT id FROM workspaces").only().int(0)
        let box = Fernet(keys: [try FernetKey.generate()])
        self.box = box
        pool = Pool(url: database.url, options: .program(), limit: 4)
        // The other tests of the process may hold its threads for longer than GitHub waits.
        receiver = DeliveryReceiver(
            pool: pool, globalSecrets: globalSecrets.map { Array($0.utf8) },
            timeLimit: .seconds(120)
        ) { try box.decrypt($0) }
    }

    deinit {
        pool.shutdown()
    }

    func encrypt(_ secret: String) throws -> String {
        try box.encrypt(Array(secret.utf8))
    }

    func makeWorkspace(_ name: String) throws -> Int {
        try database.connect().query(
            "INSERT INTO workspaces (public_id, name) VALUES (\(name), \(name)) RETURNING id"
        ).only().int(0)
    }

    @discardableResult
    func connect(
        _ url: String = "https://github.com/octo/hello.git", workspace: Int? = nil,
        secret: String? = nil
    ) throws -> RemoteRepository {
        try RemoteStore(connection: database.connect()).connect(
            workspace: workspace ?? self.workspace, url: url,
            webhookSecret: try secret.map(encrypt))
    }

    func repository(_ id: Int) throws -> RemoteRepository? {
        try RemoteStore(connection: database.connect()).repository(workspace: workspace, id: id)
    }

    static func signature(_ body: [UInt8], _ secret: String) -> String {
        let code = HMACSHA256.authenticationCode(of: body, key: Array(secret.utf8))
        return "sha256=" + (SHA256Digest(bytes: code)?.hex ?? "")
    }

    static func headers(
        _ event: String, _ body: [UInt8], guid: String, secret: String
    ) -> [String: String] {
        [
            "x-github-event": event, "x-github-delivery": guid, "content-type": "application/json",
            "x-hub-signature-256": signature(body, secret),
        ]
    }

    /// Delivers as GitHub does.
    func deliver(
        _ event: String, _ body: String, guid: String = String(UInt64.random(in: 1 ... .max)),
        secret: String = WebhookFixture.globalSecret
    ) async -> DeliveryOutcome {
        let bytes = Array(body.utf8)
        return await receiver.receive(
            headers: Self.headers(event, bytes, guid: guid, secret: secret), body: bytes)
    }

    /// The waiting jobs as "kind key payload", in the order they were first asked for.
    func jobs(of workspace: Int? = nil) throws -> [String] {
        try database.connect().query(
            """
            SELECT kind || ' ' || unique_key FROM jobs
            WHERE workspace_id = \(workspace ?? self.workspace) AND state = 'waiting' ORDER BY id
            """
        ).map { try $0.string(0) }
    }

    func end(jobs state: String) throws {
        try database.connect().execute(
            "UPDATE jobs SET state = \(state), finished_at = now() WHERE state = 'waiting'")
    }

    static let repository = """
        {"id": 7, "name": "hello", "full_name": "octo/hello",
         "clone_url": "https://github.com/octo/hello.git",
         "html_url": "https://github.com/octo/hello", "updated_at": "2026-11-25T08:00:00Z"}
        """

    static func push(_ ref: String = "refs/heads/main", repository: String = repository) -> String {
        """
        {"ref": "\(ref)", "before": "\(String(repeating: "1", count: 40))",
         "after": "\(String(repeating: "a", count: 40))", "commits": [], "repository": \(repository)}
        """
    }
}
