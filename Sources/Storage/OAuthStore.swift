public import Postgres

/// The accounts of providers that workspaces are connected to, over one connection.
///
/// Not Sendable: it belongs to the thread that its connection belongs to. What it gives and takes of
/// secrets is encrypted or hashed already.
public struct OAuthStore {
    /// The connection that every statement runs on.
    public let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    // MARK: Attempts

    /// Writes down an attempt to connect an account, and forgets those that are too old.
    ///
    /// - Parameters:
    ///   - state: What the attempt is about.
    ///   - hash: The hash of the name that the provider hands back.
    ///   - seconds: For how long it counts.
    /// - Throws: What the database said.
    public func add(_ state: OAuthStateRecord, hash: [UInt8], seconds: Int) throws {
        try connection.inScope(.system) {
            try connection.execute("DELETE FROM oauth_states WHERE expires_at <= now()")
            try connection.execute(
                """
                INSERT INTO oauth_states (state_hash, workspace_id, user_id, browser_hash, verifier,
                    expires_at)
                VALUES (\(hash), \(state.workspace), \(SQL.bound(state.user)),
                    \(state.browserHash), \(state.verifier),
                    now() + make_interval(secs => \(Double(seconds))))
                """)
        }
    }

    /// Takes an attempt out, so that nobody can use it again, whoever asks.
    ///
    /// - Parameter hash: The hash of the name that the provider handed back.
    /// - Returns: The attempt; nil where there is none or it is too old.
    /// - Throws: What the database said.
    public func takeState(hash: [UInt8]) throws -> OAuthStateRecord? {
        try connection.inScope(.system) {
            try connection.query(
                """
                WITH taken AS (
                    DELETE FROM oauth_states WHERE state_hash = \(hash)
                    RETURNING workspace_id, user_id, browser_hash, verifier, expires_at)
                SELECT t.workspace_id, w.public_id, t.user_id, t.browser_hash, t.verifier
                FROM taken t JOIN workspaces w ON w.id = t.workspace_id
                WHERE t.expires_at > now()
                """
            ).first.map { row in
                OAuthStateRecord(
                    workspace: try row.int(0), workspacePublicID: try row.string(1),
                    user: try row.optionalInt(2), browserHash: try row.bytes(3),
                    verifier: try row.string(4))
            }
        }
    }

    // MARK: Accounts

    /// Connects an account to its workspace, in place of the one before.
    ///
    /// - Parameter account: The account.
    /// - Throws: What the database said.
    public func save(_ account: OAuthAccountRecord) throws {
        try connection.inScope(.workspace(account.workspace)) {
            try connection.execute(
                """
                INSERT INTO oauth_accounts AS a (workspace_id, provider, account_id, login, scopes,
                    token, refresh_token, expires_at, installation_id, connected_by)
                VALUES (\(account.workspace), 'github', \(account.accountID), \(account.login),
                    \(account.scopes), \(SQL.bound(account.token)),
                    \(SQL.bound(account.refreshToken)), \(SQL.bound(account.expiresAt)),
                    \(SQL.bound(account.installation)), \(SQL.bound(account.connectedBy)))
                ON CONFLICT (workspace_id, provider) DO UPDATE SET
                    account_id = excluded.account_id, login = excluded.login,
                    scopes = excluded.scopes, token = excluded.token,
                    refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
                    installation_id = excluded.installation_id,
                    connected_by = excluded.connected_by, connected_at = now(),
                    invalid_since = NULL, invalid_reason = NULL, version = a.version + 1
                """)
        }
    }

    /// Returns the account of a workspace, or nil.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: The account.
    /// - Throws: What the database said.
    public func account(workspace: Int) throws -> OAuthAccountRecord? {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT account_id, login, scopes, token, refresh_token, expires_at,
                    installation_id, connected_by, connected_at, invalid_since, invalid_reason,
                    version
                FROM oauth_accounts WHERE workspace_id = \(workspace) AND provider = 'github'
                """
            ).first.map { row in
                OAuthAccountRecord(
                    workspace: workspace, accountID: try row.int(0), login: try row.string(1),
                    scopes: try row.decode(2, as: [String].self),
                    token: try row.optionalString(3), refreshToken: try row.optionalString(4),
                    expiresAt: try row.optionalTimestamp(5),
                    installation: try row.optionalInt(6), connectedBy: try row.optionalInt(7),
                    connectedAt: try row.timestamp(8), invalidSince: try row.optionalTimestamp(9),
                    invalidReason: try row.optionalString(10), version: try row.int(11))
            }
        }
    }

    /// Puts a new token in place of the one that was read before.
    ///
    /// - Parameter account: The account with its new token and the version that was read.
    /// - Returns: Whether it took its place; false when somebody else renewed it meanwhile.
    /// - Throws: What the database said.
    public func renew(_ account: OAuthAccountRecord) throws -> Bool {
        try connection.inScope(.workspace(account.workspace)) {
            try connection.execute(
                """
                UPDATE oauth_accounts SET token = \(SQL.bound(account.token)),
                    refresh_token = \(SQL.bound(account.refreshToken)),
                    expires_at = \(SQL.bound(account.expiresAt)), version = version + 1,
                    invalid_since = NULL, invalid_reason = NULL
                WHERE workspace_id = \(account.workspace) AND provider = 'github'
                    AND version = \(account.version)
                """) == 1
        }
    }

    /// Writes down that the provider does not take a token any more.
    ///
    /// - Parameters:
    ///   - account: The account as it was read; one whose token is another by now stays valid.
    ///   - reason: Why, for people to read.
    /// - Throws: What the database said.
    public func markInvalid(_ account: OAuthAccountRecord, reason: String) throws {
        try connection.inScope(.workspace(account.workspace)) {
            try connection.execute(
                """
                UPDATE oauth_accounts SET invalid_since = coalesce(invalid_since, now()),
                    invalid_reason = \(String(reason.prefix(1000)))
                WHERE workspace_id = \(account.workspace) AND provider = 'github'
                    AND version = \(account.version)
                """)
        }
    }

    /// Lets an app's installation speak for the account, or the user's token again.
    ///
    /// - Parameters:
    ///   - installation: The installation's number; nil for the token.
    ///   - workspace: The workspace's number.
    /// - Returns: Whether the workspace has an account.
    /// - Throws: What the database said.
    public func setInstallation(_ installation: Int?, workspace: Int) throws -> Bool {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE oauth_accounts SET installation_id = \(SQL.bound(installation)),
                    invalid_since = NULL, invalid_reason = NULL, version = version + 1
                WHERE workspace_id = \(workspace) AND provider = 'github'
                """) == 1
        }
    }

    /// Forgets the account of a workspace.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Returns: Whether there was one.
    /// - Throws: What the database said.
    @discardableResult
    public func removeAccount(workspace: Int) throws -> Bool {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                DELETE FROM oauth_accounts
                WHERE workspace_id = \(workspace) AND provider = 'github'
                """) == 1
        }
    }
}
