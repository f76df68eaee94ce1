public import Postgres

/// Users, their sessions and keys, and the audit log, over one connection.
///
/// It knows of passwords and tokens by their hashes only. Not Sendable: it belongs to the thread that
/// its connection belongs to.
public struct AccountStore {
    /// The connection that every statement runs on.
    public let connection: Connection

    /// Opens the store; costs nothing.
    ///
    /// - Parameter connection: A connection to a database with the schema of this program.
    public init(connection: Connection) {
        self.connection = connection
    }

    /// Runs `body` as one transaction that sees all accounts.
    ///
    /// - Parameter body: The statements.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, after the transaction was rolled back.
    public func transaction<R>(_ body: () throws -> R) throws -> R {
        try connection.inScope(.system) { try connection.transaction { try body() } }
    }

    // MARK: Users

    /// Waits until nobody else makes the first user, until the end of the transaction.
    ///
    /// - Returns: Whether there is no user yet.
    /// - Throws: What the database said.
    public func lockFirstUser() throws -> Bool {
        try connection.inScope(.system) {
            try connection.query(
                "SELECT pg_advisory_xact_lock(hashtextextended('gitdex first user', 0))")
            return try connection.query("SELECT NOT EXISTS (SELECT FROM users)").only().bool(0)
        }
    }

    /// Makes a user.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - email: Its address, normalised.
    ///   - passwordHash: The hash of the password.
    /// - Returns: The user, or nil when the address is taken.
    /// - Throws: What the database said.
    public func createUser(
        publicID: String, email: String, passwordHash: String
    ) throws -> UserRecord? {
        try connection.inScope(.system) {
            try connection.query(
                """
                INSERT INTO users AS u (public_id, email, password_hash)
                VALUES (\(publicID), \(email), \(passwordHash))
                ON CONFLICT (email) DO NOTHING RETURNING \(Self.userColumns)
                """
            ).first.map(Self.user)
        }
    }

    /// Returns the user of an address, or nil.
    ///
    /// - Parameter email: The address, normalised.
    /// - Returns: The user, also a disabled one.
    /// - Throws: What the database said.
    public func user(email: String) throws -> UserRecord? {
        try users(where: "u.email = \(email)").first
    }

    /// Returns the user with a number, or nil.
    ///
    /// - Parameter id: The number.
    /// - Returns: The user, also a disabled one.
    /// - Throws: What the database said.
    public func user(id: Int) throws -> UserRecord? {
        try users(where: "u.id = \(id)").first
    }

    /// Returns users by address.
    ///
    /// - Parameters:
    ///   - last: The last address of the page before; nil for the first page.
    ///   - limit: How many at most.
    /// - Returns: The users, disabled ones included.
    /// - Throws: What the database said.
    public func users(after last: String?, limit: Int) throws -> [UserRecord] {
        try users(where: "u.email > \(last ?? "") ORDER BY u.email LIMIT \(limit)")
    }

    /// Changes a user's password.
    ///
    /// - Parameters:
    ///   - hash: The hash of the new one.
    ///   - old: The hash that it takes the place of; nil for any.
    ///   - user: The user's number.
    /// - Returns: Whether it was changed: not when another one was set meanwhile.
    /// - Throws: What the database said.
    @discardableResult
    public func setPassword(hash: String, replacing old: String?, user: Int) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE users SET password_hash = \(hash), password_changed_at = now()
                WHERE id = \(user) AND password_hash = coalesce(\(SQL.bound(old)), password_hash)
                """) == 1
        }
    }

    /// Writes the same password under other parameters.
    ///
    /// - Parameters:
    ///   - hash: The hash by the parameters of today.
    ///   - old: The hash that it takes the place of.
    ///   - user: The user's number.
    /// - Throws: What the database said.
    public func rehash(_ hash: String, replacing old: String, user: Int) throws {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE users SET password_hash = \(hash)
                WHERE id = \(user) AND password_hash = \(old)
                """)
        }
    }

    /// Closes an account, or opens it again.
    ///
    /// - Parameters:
    ///   - isDisabled: Whether it is to be closed.
    ///   - user: The user's number.
    /// - Returns: Whether that changed anything.
    /// - Throws: What the database said.
    public func setDisabled(_ isDisabled: Bool, user: Int) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE users SET disabled_at = CASE WHEN \(isDisabled) THEN now() END
                WHERE id = \(user) AND (disabled_at IS NOT NULL) <> \(isDisabled)
                """) == 1
        }
    }

    static let userColumns: SQL = """
        u.id, u.public_id, u.email, u.password_hash, u.disabled_at IS NOT NULL, u.created_at,
        u.last_login_at
        """

    static func user(_ row: Row) throws -> UserRecord {
        UserRecord(
            id: try row.int(0), publicID: try row.string(1), email: try row.string(2),
            passwordHash: try row.string(3), isDisabled: try row.bool(4),
            createdAt: try row.timestamp(5), lastLoginAt: try row.optionalTimestamp(6))
    }

    private func users(where condition: SQL) throws -> [UserRecord] {
        try connection.inScope(.system) {
            try connection.query(
                "SELECT \(Self.userColumns) FROM users u WHERE " + condition
            ).map(Self.user)
        }
    }
}
