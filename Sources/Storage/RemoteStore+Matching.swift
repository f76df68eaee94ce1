import Postgres

extension RemoteStore {
    /// Returns the repositories that each of several deliveries may concern, in one round trip.
    ///
    /// In each workspace the provider's number counts first, then the place, then `owner/name`.
    /// Numbers are a host's own: where places are said too, the repository is on one of their hosts.
    ///
    /// - Parameter names: What each delivery says.
    /// - Returns: For each, the repositories of all workspaces.
    /// - Throws: What the database said.
    public func matching(_ names: [RemoteNames]) throws -> [[RemoteRepository]] {
        var found = [[RemoteRepository]](repeating: [], count: names.count)
        guard !names.isEmpty else { return found }
        var owners: [Int32] = []
        var locations: [String] = []
        for (index, name) in names.enumerated() {
            for location in name.locations {
                owners.append(Int32(index))
                locations.append(location)
            }
        }
        let rows = try system.query(
            """
            WITH asked AS (
                SELECT ordinality - 1 AS number, provider_id, full_name
                FROM unnest(\(names.map(\.providerID)), \(names.map { $0.fullName?.lowercased() }))
                    WITH ORDINALITY AS a (provider_id, full_name, ordinality)
            ), places AS (
                SELECT number, location, split_part(location, '/', 1) AS host
                FROM unnest(\(owners), \(locations)) AS l (number, location)
            ), candidates AS (
                SELECT a.number, r.workspace_id, r.id, 1 AS tier
                FROM asked a JOIN repositories r ON r.provider_id = a.provider_id
                WHERE NOT EXISTS (SELECT FROM places p WHERE p.number = a.number)
                    OR EXISTS (SELECT FROM places p WHERE p.number = a.number
                        AND p.host = split_part(r.location, '/', 1))
                UNION ALL
                SELECT l.number, r.workspace_id, r.id, 2
                FROM places l JOIN repositories r ON r.location = l.location
                UNION ALL
                SELECT a.number, r.workspace_id, r.id, 3
                FROM asked a JOIN repositories r ON r.full_name = a.full_name
            ), best AS (
                SELECT DISTINCT number, workspace_id, id FROM (
                    SELECT number, workspace_id, id, tier,
                        min(tier) OVER (PARTITION BY number, workspace_id) AS lowest
                    FROM candidates) ranked
                WHERE tier = lowest
            )
            SELECT \(Self.columns), b.number::bigint FROM best b
                JOIN repositories r ON r.workspace_id = b.workspace_id AND r.id = b.id
                JOIN workspaces w ON w.id = r.workspace_id
            WHERE r.provider <> 'local' ORDER BY r.workspace_id, r.id
            """)
        for row in rows { found[try row.int(12)].append(try Self.repository(row)) }
        return found
    }

    /// Returns the repositories that a delivery may concern, of all workspaces.
    ///
    /// - Parameters:
    ///   - providerID: The provider's number for it.
    ///   - urls: Its addresses, in any form.
    ///   - fullName: Its `owner/name`.
    /// - Returns: The repositories.
    /// - Throws: What the database said.
    public func matching(
        providerID: Int?, urls: [String], fullName: String?
    ) throws -> [RemoteRepository] {
        let names = RemoteNames(
            providerID: providerID, locations: urls.compactMap { RemoteLocation($0)?.normalised },
            fullName: fullName)
        return try matching([names])[0]
    }
}
