import Postgres

extension RemoteStore {
    /// Returns those of some repositories that are not connected any more.
    ///
    /// - Parameter repositories: Workspaces and repositories, by number.
    /// - Returns: The pairs that have no row.
    /// - Throws: What the database said.
    public func disconnected(
        of repositories: [(workspace: Int, repository: Int)]
    ) throws -> [(workspace: Int, repository: Int)] {
        guard !repositories.isEmpty else { return [] }
        return try system.query(
            """
            SELECT k.workspace, k.repository
            FROM unnest(\(repositories.map(\.workspace)), \(repositories.map(\.repository)))
                AS k (workspace, repository)
            WHERE NOT EXISTS (SELECT FROM repositories r
                WHERE r.workspace_id = k.workspace AND r.id = k.repository)
            """
        ).map { (try $0.int(0), try $0.int(1)) }
    }

    /// Returns the workspaces, by number.
    ///
    /// - Parameters:
    ///   - last: The last workspace of the page before; nil for the first page.
    ///   - limit: The most workspaces to return.
    /// - Returns: The workspaces' numbers, ascending.
    /// - Throws: What the database said.
    public func workspaces(after last: Int?, limit: Int) throws -> [Int] {
        try system.query(
            "SELECT id FROM workspaces WHERE id > \(last ?? 0) ORDER BY id LIMIT \(limit)"
        ).map { try $0.int(0) }
    }
}
