import Postgres

extension DeliveryStore {
    /// Returns deliveries, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - repository: Only those of this repository; nil for all.
    ///   - before: Only those with lower numbers, to go on after a page; nil for the newest.
    ///   - limit: How many at most.
    /// - Returns: The deliveries.
    /// - Throws: What the database said.
    public func list(
        workspace: Int, repository: Int? = nil, before: Int? = nil, limit: Int
    ) throws -> [StoredDelivery] {
        try read(
            workspace,
            """
            d.workspace_id = \(workspace)
                AND (\(SQL.bound(repository))::bigint IS NULL OR d.repository_id = \(SQL.bound(repository)))
                AND (\(SQL.bound(before))::bigint IS NULL OR d.id < \(SQL.bound(before)))
            ORDER BY d.id DESC LIMIT \(limit)
            """)
    }

    /// Returns a delivery.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The delivery's number.
    /// - Returns: The delivery, or nil when there is none.
    /// - Throws: What the database said.
    public func delivery(workspace: Int, id: Int) throws -> StoredDelivery? {
        try read(workspace, "d.workspace_id = \(workspace) AND d.id = \(id)").first
    }

    /// Returns the delivery with a name of the provider's.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - guid: The provider's name for it.
    /// - Returns: The delivery, or nil when there is none.
    /// - Throws: What the database said.
    public func delivery(workspace: Int, guid: String) throws -> StoredDelivery? {
        try read(workspace, "d.workspace_id = \(workspace) AND d.guid = \(guid)").first
    }

    /// Returns the body of a delivery, byte for byte.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The delivery's number.
    /// - Returns: The body.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func body(workspace: Int, id: Int) throws -> [UInt8] {
        let rows = try scoped(to: workspace).query(
            "SELECT body FROM deliveries WHERE workspace_id = \(workspace) AND id = \(id)")
        guard let row = rows.first else { throw StorageError.noSuchDelivery }
        return try row.bytes(0)
    }

    private func read(_ workspace: Int, _ condition: SQL) throws -> [StoredDelivery] {
        let select: SQL = """
            SELECT d.workspace_id, d.id, d.guid, d.event, d.repository_id, r.name, d.received_at,
                d.run, length(d.body), d.content_type,
                ARRAY(SELECT job_id FROM delivery_jobs dj WHERE dj.workspace_id = d.workspace_id
                    AND dj.delivery_id = d.id AND dj.run = d.run ORDER BY job_id),
                ARRAY(SELECT coalesce(j.state, '') FROM delivery_jobs dj LEFT JOIN jobs j
                        ON j.workspace_id = dj.workspace_id AND j.id = dj.job_id
                    WHERE dj.workspace_id = d.workspace_id
                    AND dj.delivery_id = d.id AND dj.run = d.run ORDER BY job_id)
            FROM deliveries d LEFT JOIN repositories r
                ON r.workspace_id = d.workspace_id AND r.id = d.repository_id
            WHERE 
            """
        return try scoped(to: workspace).query(select + condition).map { row in
            let jobs = zip(
                try row.decode(10, as: [Int].self), try row.decode(11, as: [String].self))
            return StoredDelivery(
                workspace: try row.int(0), id: try row.int(1), guid: try row.string(2),
                event: try row.string(3), repository: try row.optionalInt(4),
                repositoryName: try row.optionalString(5), receivedAt: try row.timestamp(6),
                runs: try row.int(7), sizeBytes: try row.int(8),
                contentType: NewDelivery.ContentType(rawValue: try row.string(9)) ?? .json,
                jobs: jobs.map {
                    StoredDelivery.QueuedJob(id: $0.0, state: $0.1.isEmpty ? nil : $0.1)
                })
        }
    }
}
