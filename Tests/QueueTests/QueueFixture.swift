import GitdexTesting
import Migrations
import Postgres
import Queue
import Testing

/// A database with the schema, some workspaces, and a clock that tests can turn.
///
/// Connections made by ``connect()`` see a `statement_timestamp()` that is shifted against the real
/// one: nothing waits for time to pass, and a queue that looked at the host's clock would be wrong.
final class QueueFixture: Sendable {
    let database: TestDatabase
    let options = ConnectionOptions(
        applicationName: "queue test", settings: ["search_path": "clock,pg_catalog,public"])

    init(shift: String = "10 years") throws {
        database = try TestDatabase()
        let connection = try database.connect()
        for step in Migration.all { try connection.script(step.up) }
        try connection.script(
            """
            INSERT INTO workspaces (id, public_id, name) VALUES (101, 'a', 'a'), (102, 'b', 'b'),
                (103, 'c', 'c');
            CREATE SCHEMA clock;
            CREATE TABLE clock.turned (by interval NOT NULL);
            INSERT INTO clock.turned VALUES ('\(shift)');
            CREATE FUNCTION clock.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
                AS 'SELECT pg_catalog.statement_timestamp() + by FROM clock.turned';
            GRANT USAGE ON SCHEMA clock TO PUBLIC;
            GRANT SELECT ON clock.turned TO PUBLIC;
            CREATE TABLE work (job bigint, note text);
            GRANT ALL ON work TO PUBLIC;
            """)
    }

    /// A connection on which the turned clock holds.
    func connect() throws -> Connection { try database.connect(options) }

    /// A queue over a connection of its own.
    func queue() throws -> JobQueue { JobQueue(connection: try connect()) }

    /// Turns the clock on.
    func advance(_ seconds: Double) throws {
        try database.connect().execute(
            "UPDATE clock.turned SET by = by + \(seconds) * interval '1 second'")
    }

    /// Stops the clock at this moment for exact comparisons.
    func freeze() throws {
        try database.run(
            """
            CREATE TABLE clock.stopped AS SELECT pg_catalog.now() AS at;
            GRANT SELECT ON clock.stopped TO PUBLIC;
            CREATE OR REPLACE FUNCTION clock.statement_timestamp() RETURNS timestamptz STABLE
                LANGUAGE sql
                AS 'SELECT at + by FROM clock.stopped, clock.turned';
            """)
    }
}

extension JobQueue {
    /// Adds one job to a workspace.
    @discardableResult
    func add(
        _ key: String, kind: String = "ref", workspace: Int = 101, payload: String = "{}",
        _ change: (inout JobRequest) -> Void = { _ in }
    ) throws -> Int {
        var request = JobRequest(kind: kind, uniqueKey: key, payload: payload)
        change(&request)
        return try enqueue([(workspace, request)])[0]
    }

    /// Takes a job for half a minute.
    func take(as worker: String = "worker") throws -> JobLease? {
        try take(worker: worker, lease: .seconds(30))
    }

    /// Takes a job that must be there.
    func taken(as worker: String = "worker") throws -> JobLease {
        try #require(try take(as: worker))
    }

    /// A job that must be there.
    func found(_ id: Int, workspace: Int = 101) throws -> Job {
        try #require(try job(workspace: workspace, id: id))
    }
}

/// The code of the queue's error that a closure throws.
func queueErrorCode(_ body: () throws -> Void) -> QueueError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? QueueError)?.code
    }
}
