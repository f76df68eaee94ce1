public import Postgres

/// What was delivered, of all workspaces, over one connection.
///
/// Not Sendable: it belongs to the thread that its connection belongs to.
public struct DeliveryStore {
    /// A delivery that was written, with the number it has.
    public struct Written: Sendable, Equatable {
        /// What has to be done about it.
        public enum Verdict: Sendable {
            /// It is new: queue its jobs.
            case new
            /// It came before and failed: queue its jobs again.
            case again
            /// It came before: do nothing.
            case duplicate
        }

        /// Its number within the workspace.
        public var id: Int
        /// How often its jobs have been queued, this time included.
        public var run: Int
        /// What has to be done about it.
        public var verdict: Verdict
    }

    /// The connection that every statement runs on.
    public let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// The connection as it looks from within a workspace, or from within the service.
    func scoped(to workspace: Int) -> ScopedConnection {
        connection.scoped(.workspace(workspace), orWithin: .system)
    }

    /// The connection as it looks over all workspaces.
    private var system: ScopedConnection { connection.scoped(.system) }

    private struct Key: Hashable {
        let workspace: Int
        let guid: String
    }

    /// Writes deliveries, and says which of them are new.
    ///
    /// Call it in the transaction that queues their jobs. Costs one round trip, and another one when
    /// some came before; those stay locked until the end of the transaction.
    ///
    /// - Parameter deliveries: The deliveries; the second of two with one name is a duplicate.
    /// - Returns: What was written, in the same order.
    /// - Throws: What the database said.
    public func write(_ deliveries: [NewDelivery]) throws -> [Written] {
        var written = try insert(deliveries).mapValues {
            Written(id: $0, run: 1, verdict: .new)
        }
        let missing = deliveries.map { Key(workspace: $0.workspace, guid: $0.guid) }
            .filter { written[$0] == nil }
        if !missing.isEmpty { written.merge(try resume(missing)) { $1 } }
        var seen: Set<Key> = []
        return try deliveries.map { delivery in
            let key = Key(workspace: delivery.workspace, guid: delivery.guid)
            guard var found = written[key] else {
                throw StorageError(
                    code: .notFound, message: "a delivery vanished while it was written",
                    remedy: "send it again")
            }
            if !seen.insert(key).inserted { found.verdict = .duplicate }
            return found
        }
    }

    private func insert(_ deliveries: [NewDelivery]) throws -> [Key: Int] {
        // Ordered, so that two processes that write the same deliveries do not wait for each other.
        let rows = deliveries.sorted { ($0.workspace, $0.guid) < ($1.workspace, $1.guid) }
        let made = try system.query(
            """
            INSERT INTO deliveries (workspace_id, repository_id, guid, event, content_type, body)
            SELECT a.* FROM unnest(\(rows.map(\.workspace)), \(rows.map(\.repository)),
                \(rows.map(\.guid)), \(rows.map(\.event)), \(rows.map(\.contentType.rawValue)),
                \(rows.map(\.body))) AS a
            ON CONFLICT (workspace_id, guid) DO NOTHING
            RETURNING workspace_id, guid, id
            """)
        var ids: [Key: Int] = [:]
        for row in made {
            ids[Key(workspace: try row.int(0), guid: try row.string(1))] = try row.int(2)
        }
        return ids
    }

    /// Locks deliveries that came before, and begins a new run of those that failed.
    private func resume(_ keys: [Key]) throws -> [Key: Written] {
        let rows = try system.query(
            """
            WITH asked AS (
                SELECT d.workspace_id, d.id FROM deliveries d
                WHERE (d.workspace_id, d.guid) IN (
                    SELECT * FROM unnest(\(keys.map(\.workspace)), \(keys.map(\.guid))))
                ORDER BY d.workspace_id, d.guid FOR UPDATE OF d
            ), failed AS (
                SELECT a.workspace_id, a.id FROM asked a WHERE \(Self.lastRunFailed)
            ), again AS (
                UPDATE deliveries d SET run = d.run + 1 FROM failed f
                WHERE d.workspace_id = f.workspace_id AND d.id = f.id
                RETURNING d.workspace_id, d.id, d.run
            )
            SELECT d.workspace_id, d.guid, d.id, coalesce(r.run, d.run), r.id IS NOT NULL
            FROM asked a JOIN deliveries d ON d.workspace_id = a.workspace_id AND d.id = a.id
                LEFT JOIN again r ON r.workspace_id = a.workspace_id AND r.id = a.id
            """)
        var found: [Key: Written] = [:]
        for row in rows {
            found[Key(workspace: try row.int(0), guid: try row.string(1))] = Written(
                id: try row.int(2), run: try row.int(3),
                verdict: try row.bool(4) ? .again : .duplicate)
        }
        return found
    }

    private static let lastRunFailed: SQL = """
        EXISTS (SELECT FROM deliveries l JOIN delivery_jobs dj ON dj.workspace_id = l.workspace_id
                AND dj.delivery_id = l.id AND dj.run = l.run
            JOIN jobs j ON j.workspace_id = dj.workspace_id AND j.id = dj.job_id
            WHERE l.workspace_id = a.workspace_id AND l.id = a.id AND j.state = 'failed')
        """

    /// Writes down which jobs deliveries queued or joined.
    ///
    /// - Parameter links: For each job, the workspace, the delivery, its run, and the job.
    /// - Throws: What the database said.
    public func link(
        _ links: [(workspace: Int, delivery: Int, run: Int, job: Int)]
    ) throws {
        guard !links.isEmpty else { return }
        try system.execute(
            """
            INSERT INTO delivery_jobs (workspace_id, delivery_id, run, job_id)
            SELECT * FROM unnest(\(links.map(\.workspace)), \(links.map(\.delivery)),
                \(links.map { Int32($0.run) }), \(links.map(\.job)))
            ON CONFLICT DO NOTHING
            """)
    }

    /// Begins another run of a delivery by hand.
    ///
    /// Call it in the transaction that queues its jobs.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The delivery's number.
    /// - Returns: The delivery with its new run.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func beginRun(workspace: Int, id: Int) throws -> Written {
        let rows = try scoped(to: workspace).query(
            """
            UPDATE deliveries SET run = run + 1 WHERE workspace_id = \(workspace) AND id = \(id)
            RETURNING run
            """)
        guard let row = rows.first else { throw StorageError.noSuchDelivery }
        return Written(id: id, run: try row.int(0), verdict: .again)
    }

    /// Drops the deliveries of all workspaces that are older than a time.
    ///
    /// - Parameter seconds: The age.
    /// - Returns: How many were dropped.
    /// - Throws: What the database said.
    @discardableResult
    public func prune(olderThan seconds: Int) throws -> Int {
        try system.execute(
            """
            DELETE FROM deliveries
            WHERE received_at < now() - make_interval(secs => \(Double(seconds)))
            """)
    }
}

extension StorageError {
    static var noSuchDelivery: StorageError {
        StorageError(
            code: .notFound, message: "there is no such delivery",
            remedy: "list them with 'gitdex deliveries list'")
    }
}
