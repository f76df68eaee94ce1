public import Postgres

/// The secrets at rest, wherever they stand, for a change of keys.
///
/// Not Sendable: it belongs to the thread that its connection belongs to.
public struct EncryptedValueStore {
    /// What became of the values of a column.
    public struct Outcome: Sendable, Equatable {
        /// How many were encrypted anew.
        public var changed = 0
        /// How many stood under the first key already.
        public var kept = 0
        /// How many no key fits.
        public var unreadable = 0
    }

    private static let pageRows = 200

    /// The connection that every statement runs on.
    public let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// Goes through the values of a column and puts others in their place.
    ///
    /// A value that somebody changes meanwhile is left as they wrote it. Can be broken off and run
    /// again. Costs a round trip for each page of values and workspace.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - reencrypt: Returns what takes a value's place, nil to keep it; an error leaves it too.
    /// - Returns: What became of the values.
    /// - Throws: What the database said.
    public func replaceValues(
        of column: EncryptedColumn, _ reencrypt: (String) throws -> String?
    ) throws -> Outcome {
        guard column.isTenant else {
            return try replace(column, scope: .system, filter: "true", reencrypt)
        }
        var outcome = Outcome()
        for workspace in try workspaces() {
            let part = try replace(
                column, scope: .workspace(workspace), filter: "workspace_id = \(workspace)",
                reencrypt)
            outcome.changed += part.changed
            outcome.kept += part.kept
            outcome.unreadable += part.unreadable
        }
        return outcome
    }

    private func workspaces() throws -> [Int] {
        try connection.inScope(.system) {
            try connection.query("SELECT id FROM workspaces ORDER BY id").map { try $0.int(0) }
        }
    }

    private func replace(
        _ column: EncryptedColumn, scope: TransactionScope, filter: SQL,
        _ reencrypt: (String) throws -> String?
    ) throws -> Outcome {
        let (table, name): (SQL, SQL) = (
            "\(identifier: column.table)", "\(identifier: column.column)"
        )
        var outcome = Outcome()
        var last = ""
        // What was put in the place of earlier values may come up again behind them.
        var made: Set<String> = []
        while true {
            let values = try connection.inScope(scope) {
                try connection.query(
                    """
                    SELECT DISTINCT \(name) COLLATE "C" FROM \(table)
                    WHERE \(filter) AND \(name) COLLATE "C" > \(last)
                    ORDER BY 1 LIMIT \(Self.pageRows)
                    """
                ).map { try $0.string(0) }
            }
            guard let end = values.last else { return outcome }
            last = end
            var changes: [(old: String, new: String)] = []
            for value in values where !made.contains(value) {
                do {
                    if let new = try reencrypt(value) {
                        changes.append((value, new))
                        made.insert(new)
                    } else {
                        outcome.kept += 1
                    }
                } catch {
                    outcome.unreadable += 1
                }
            }
            guard !changes.isEmpty else { continue }
            // By the value, which is random: whoever changed it meanwhile has another one there.
            outcome.changed += try connection.inScope(scope) {
                try connection.execute(
                    """
                    UPDATE \(table) SET \(name) = c.new
                    FROM unnest(\(changes.map(\.old)), \(changes.map(\.new))) AS c (old, new)
                    WHERE \(filter) AND \(name) = c.old
                    """)
            }
        }
    }
}
