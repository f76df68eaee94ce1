import Postgres

extension AccountStore {
    /// The most entries that one page holds.
    public static let auditPageLimit = 500

    /// Writes down what bears on security.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - workspace: The number of the workspace that it concerns; nil for none.
    ///   - actor: Who did it.
    ///   - subject: Whom or what it happened to.
    ///   - address: The client's network address.
    ///   - requestID: The request's id.
    /// - Throws: What the database said.
    public func audit(
        _ event: String, workspace: Int?, actor: String, subject: String?, address: String?,
        requestID: String?
    ) throws {
        try connection.inScope(.system) {
            try connection.execute(
                """
                INSERT INTO audit (workspace_id, actor, event, subject, address, request_id)
                VALUES (\(SQL.bound(workspace)), \(actor), \(event), \(SQL.bound(subject)),
                    \(SQL.bound(address)), \(SQL.bound(requestID)))
                """)
        }
    }

    /// Returns entries of the audit log, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number; nil for what concerns none.
    ///   - before: The last entry of the page before; nil for the newest.
    ///   - limit: How many at most.
    /// - Returns: The entries.
    /// - Throws: What the database said.
    public func auditEvents(workspace: Int?, before: Int?, limit: Int) throws -> [AuditRecord] {
        let place: SQL = workspace.map { "a.workspace_id = \($0)" } ?? "a.workspace_id IS NULL"
        return try connection.inScope(.system) {
            try connection.query(
                """
                SELECT a.id, a.at, a.actor, u.email, a.event, a.subject, a.address, a.request_id
                FROM audit a LEFT JOIN users u ON a.actor = 'user:' || u.public_id
                WHERE \(place) AND a.id < \(before ?? .max)
                ORDER BY a.id DESC LIMIT \(min(limit, Self.auditPageLimit))
                """
            ).map { row in
                AuditRecord(
                    id: try row.int(0), at: try row.timestamp(1), actor: try row.string(2),
                    actorEmail: try row.optionalString(3), event: try row.string(4),
                    subject: try row.optionalString(5), address: try row.optionalString(6),
                    requestID: try row.optionalString(7))
            }
        }
    }
}
