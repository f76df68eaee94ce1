public import Postgres

/// The repositories that lie elsewhere, of all workspaces, over one connection.
///
/// Not Sendable: it belongs to the thread that its connection belongs to. What it gives and takes of
/// secrets is encrypted already.
public struct RemoteStore {
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
    var system: ScopedConnection { connection.scoped(.system) }

    private static let nameAttemptLimit = 1000

    // MARK: Connecting

    /// Makes a remote repository known to a workspace.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - url: Where it is; see ``RemoteLocation``. Holds no password.
    ///   - name: Its name; nil takes it from the address. When it is taken, a number is added.
    ///   - provider: `git` or `github`.
    ///   - credentials: What to fetch with, encrypted.
    ///   - webhookSecret: What deliveries are signed with, encrypted; nil for the global one.
    ///   - providerID: The provider's number for it, where that is known.
    /// - Returns: The repository.
    /// - Throws: ``StorageError`` with code `alreadyConnected` or `invalidArgument`, or what the
    ///   database said.
    public func connect(
        workspace: Int, url: String, name: String? = nil, provider: String = "git",
        credentials: String? = nil, webhookSecret: String? = nil, providerID: Int? = nil
    ) throws -> RemoteRepository {
        guard let location = RemoteLocation(url) else {
            throw StorageError(
                code: .invalidArgument, message: "that is no address of a repository",
                remedy: "give an address with https, ssh or file, or an absolute path")
        }
        let wanted = name ?? location.normalised.split(separator: "/").last.map(String.init) ?? url
        var candidate = wanted
        for number in 2...Self.nameAttemptLimit {
            let made = try scoped(to: workspace).query(
                """
                INSERT INTO repositories (workspace_id, url, name, provider, location, full_name,
                    provider_id, credentials, webhook_secret)
                SELECT \(workspace), \(url), \(candidate), \(provider), \(location.normalised),
                    \(SQL.bound(location.fullName)), \(SQL.bound(providerID)), \(SQL.bound(credentials)), \(SQL.bound(webhookSecret))
                WHERE NOT EXISTS (SELECT FROM repositories WHERE workspace_id = \(workspace)
                    AND location = \(location.normalised))
                ON CONFLICT DO NOTHING RETURNING id
                """)
            if let row = made.first,
                let found = try repository(workspace: workspace, id: row.int(0))
            {
                return found
            }
            let taken = try scoped(to: workspace).query(
                """
                SELECT FROM repositories WHERE workspace_id = \(workspace)
                    AND (location = \(location.normalised) OR url = \(url))
                """)
            if !taken.isEmpty {
                throw StorageError(
                    code: .alreadyConnected, message: "that repository is connected already",
                    remedy: "use the one that is there, or disconnect it first")
            }
            candidate = "\(wanted)-\(number)"
        }
        throw StorageError(
            code: .nameTaken, message: "too many repositories are named '\(wanted)'",
            remedy: "give this one another name")
    }

    /// Forgets a repository with its refs and deliveries' connection to it.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func disconnect(workspace: Int, id: Int) throws {
        let count = try scoped(to: workspace).execute(
            """
            DELETE FROM repositories WHERE workspace_id = \(workspace) AND id = \(id)
                AND provider <> 'local'
            """)
        if count == 0 { throw StorageError.noSuchRepository }
    }

    // MARK: Finding

    /// Returns a remote repository, or nil.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Returns: The repository, or nil when there is none or it is a local one.
    /// - Throws: What the database said.
    public func repository(workspace: Int, id: Int) throws -> RemoteRepository? {
        try repositories(
            on: scoped(to: workspace), where: "r.workspace_id = \(workspace) AND r.id = \(id)"
        ).first
    }

    /// Returns the remote repositories of a workspace, by name.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: The repositories.
    /// - Throws: What the database said.
    public func repositories(workspace: Int) throws -> [RemoteRepository] {
        try repositories(
            on: scoped(to: workspace), where: "r.workspace_id = \(workspace)", order: "r.name")
    }

    /// Returns the repositories whose remote has not been compared for a while, the longest first.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - seconds: After how long it is due; a repository's own interval counts instead, if it has
    ///     one.
    /// - Returns: The repositories, of all workspaces.
    /// - Throws: What the database said.
    public func dueForReconciliation(
        limit: Int, olderThan seconds: Int
    ) throws -> [RemoteRepository] {
        try repositories(
            on: system,
            where: """
                (r.last_reconciled_at IS NULL OR r.last_reconciled_at < now()
                    - make_interval(secs => coalesce(r.poll_interval_seconds, \(seconds))::float8))
                """,
            order: "r.last_reconciled_at NULLS FIRST, r.workspace_id, r.id LIMIT \(limit)")
    }

    static let columns: SQL = """
        r.workspace_id, w.public_id, r.id, r.name, r.url, r.provider, r.provider_id, r.credentials,
        array_remove(ARRAY[r.webhook_secret,
            CASE WHEN r.previous_secret_until > now() THEN r.previous_webhook_secret END], NULL),
        r.default_ref, r.archived, r.access_doubted_at
        """

    private func repositories(
        on scoped: ScopedConnection, where condition: SQL, order: SQL = "r.id"
    ) throws -> [RemoteRepository] {
        let select: SQL = """
            SELECT \(Self.columns) FROM repositories r JOIN workspaces w ON w.id = r.workspace_id
            WHERE r.provider <> 'local' AND 
            """
        return try scoped.query(select + condition + " ORDER BY " + order).map(Self.repository)
    }

    static func repository(_ row: Row) throws -> RemoteRepository {
        RemoteRepository(
            workspace: try row.int(0), workspacePublicID: try row.string(1), id: try row.int(2),
            name: try row.string(3), url: try row.string(4), provider: try row.string(5),
            providerID: try row.optionalInt(6), encryptedCredentials: try row.optionalString(7),
            encryptedWebhookSecrets: try row.decode(8, as: [String].self),
            defaultRef: try row.optionalString(9), archived: try row.bool(10),
            accessDoubtedAt: try row.optionalTimestamp(11))
    }
}

extension StorageError {
    static var noSuchRepository: StorageError {
        StorageError(
            code: .notFound, message: "there is no such remote repository",
            remedy: "list the ones that are connected")
    }
}
