import GitdexTesting
import Postgres
import Storage

/// A database with the whole schema, for the tests of what a server keeps.
final class ServerFixture {
    let database: TestDatabase
    let connection: Connection
    let remotes: RemoteStore
    let deliveries: DeliveryStore
    let events: EventStore
    let workspace: Int

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        remotes = RemoteStore(connection: connection)
        deliveries = DeliveryStore(connection: connection)
        events = EventStore(connection: connection)
        workspace = try connection.query("SELECT id FROM workspaces").only().int(0)
    }

    func makeWorkspace(_ name: String) throws -> Int {
        try connection.query(
            "INSERT INTO workspaces (public_id, name) VALUES (\(name), \(name)) RETURNING id"
        ).only().int(0)
    }

    func makeJob(
        _ key: String = "k", workspace: Int? = nil, on other: Connection? = nil
    ) throws -> Int {
        let payload: SQL = "jsonb_build_object('repository', 7, 'ref', 'refs/heads/x')"
        return try (other ?? connection).query(
            """
            INSERT INTO jobs (workspace_id, kind, unique_key, payload)
            VALUES (\(workspace ?? self.workspace), 'ref', \(key), \(payload)) RETURNING id
            """
        ).only().int(0)
    }

    func end(job: Int, as state: String) throws {
        try connection.execute(
            "UPDATE jobs SET state = \(state), finished_at = now() WHERE id = \(job)")
    }
}
