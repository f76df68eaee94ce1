public import Postgres

/// Whether the database keeps workspaces apart, as far as can be seen from a connection.
public struct RowSecurity: Sendable {
    /// The role that the connection works as outside a scope.
    public let role: String
    /// Whether that role is exempt from row security.
    public let isExempt: Bool
    /// The tables whose rows are kept.
    public let keptTables: [String]
    /// The tables of workspaces whose rows are not kept.
    public let openTables: [String]
    /// The functions behind the operators of searches that may not use an index.
    public let slowFunctions: [String]

    /// Looks at the catalog.
    ///
    /// Costs one round trip.
    ///
    /// - Parameter connection: A connection as the program opens it.
    /// - Throws: What the database said.
    public init(seenFrom connection: Connection) throws {
        let answers = try connection.pipeline([
            """
            SELECT rolname::text, rolsuper OR rolbypassrls FROM pg_roles
            WHERE rolname = current_user
            """,
            """
            SELECT c.relname::text, c.relrowsecurity AND c.relforcerowsecurity
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                AND a.attname = 'workspace_id' AND NOT a.attisdropped
            ORDER BY 1
            """,
            """
            SELECT oid::regprocedure::text FROM pg_proc WHERE NOT proleakproof AND oid IN (
                'ts_match_vq(tsvector,tsquery)'::regprocedure,
                'textregexeq(text,text)'::regprocedure)
            ORDER BY 1
            """,
        ])
        let row = try answers[0].only()
        role = try row.string(0)
        isExempt = try row.bool(1)
        keptTables = try answers[1].filter { try $0.bool(1) }.map { try $0.string(0) }
        openTables = try answers[1].filter { try !$0.bool(1) }.map { try $0.string(0) }
        slowFunctions = try answers[2].map { try $0.string(0) }
    }
}
