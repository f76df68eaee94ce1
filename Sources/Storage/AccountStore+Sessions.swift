import Postgres

extension AccountStore {
    /// Opens a session with its first refresh token, and notes the login.
    ///
    /// - Parameters:
    ///   - user: The user's number.
    ///   - passwordHash: The hash that the password was compared with.
    ///   - publicID: The session's id outside.
    ///   - tokenHash: The hash of the refresh token.
    ///   - tokenSeconds: For how long the token is good.
    ///   - sessionSeconds: For how long the session can go on.
    /// - Returns: Whether it was opened: not when the password was changed or the account closed
    ///   meanwhile.
    /// - Throws: What the database said.
    public func openSession(
        user: Int, passwordHash: String, publicID: String, tokenHash: [UInt8], tokenSeconds: Int,
        sessionSeconds: Int
    ) throws -> Bool {
        try connection.inScope(.system) {
            // The user's row is locked by it, so that a change of the password, which ends all
            // sessions, comes before this one or sees it.
            try connection.execute(
                """
                WITH login AS (
                    UPDATE users SET last_login_at = now() WHERE id = \(user)
                        AND password_hash = \(passwordHash) AND disabled_at IS NULL RETURNING id
                ), session AS (
                    INSERT INTO sessions (user_id, public_id, expires_at)
                    SELECT id, \(publicID), now() + make_interval(secs => \(Double(sessionSeconds)))
                    FROM login RETURNING id
                )
                INSERT INTO refresh_tokens (session_id, hash, expires_at)
                SELECT id, \(tokenHash), now() + make_interval(secs => \(Double(tokenSeconds)))
                FROM session
                """) == 1
        }
    }

    /// Finds a refresh token and locks it until the end of the transaction.
    ///
    /// - Parameter hash: Its hash.
    /// - Returns: What is known of it, or nil.
    /// - Throws: What the database said.
    public func lockToken(hash: [UInt8]) throws -> RefreshTokenRecord? {
        try connection.inScope(.system) {
            // Locked by a statement of its own: what the next one reads is of after the wait.
            try connection.query(
                "SELECT FROM refresh_tokens WHERE hash = \(hash) FOR UPDATE")
            return try connection.query(
                """
                SELECT \(Self.userColumns), s.id, s.public_id, t.used_at IS NOT NULL,
                    s.ended_at IS NOT NULL, t.expires_at <= now() OR s.expires_at <= now()
                FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
                    JOIN users u ON u.id = s.user_id
                WHERE t.hash = \(hash)
                """
            ).first.map { row in
                RefreshTokenRecord(
                    session: try row.int(7), sessionPublicID: try row.string(8),
                    user: try Self.user(row), isUsed: try row.bool(9), isEnded: try row.bool(10),
                    isExpired: try row.bool(11))
            }
        }
    }

    /// Puts a new refresh token in the place of one.
    ///
    /// - Parameters:
    ///   - old: The hash of the one that was presented.
    ///   - new: The hash of the next.
    ///   - session: The session's number.
    ///   - tokenSeconds: For how long the next is good.
    /// - Throws: What the database said.
    public func replaceToken(
        _ old: [UInt8], by new: [UInt8], session: Int, tokenSeconds: Int
    ) throws {
        try connection.inScope(.system) {
            try connection.execute("UPDATE refresh_tokens SET used_at = now() WHERE hash = \(old)")
            try connection.execute(
                """
                INSERT INTO refresh_tokens (session_id, hash, expires_at)
                VALUES (\(session), \(new), now() + make_interval(secs => \(Double(tokenSeconds))))
                """)
        }
    }

    /// Returns the user who has signed in, where the session goes on.
    ///
    /// - Parameters:
    ///   - session: The session's id outside.
    ///   - user: The user's id outside.
    /// - Returns: The user, or nil when the session ended or the account is closed.
    /// - Throws: What the database said.
    public func signedIn(session: String, user: String) throws -> UserRecord? {
        try connection.inScope(.system) {
            try connection.query(
                """
                SELECT \(Self.userColumns) FROM sessions s JOIN users u ON u.id = s.user_id
                WHERE s.public_id = \(session) AND u.public_id = \(user)
                    AND s.ended_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
                """
            ).first.map(Self.user)
        }
    }

    /// Ends a session.
    ///
    /// - Parameters:
    ///   - publicID: Its id outside.
    ///   - reason: Why.
    /// - Returns: Whether it went on until now.
    /// - Throws: What the database said.
    @discardableResult
    public func endSession(_ publicID: String, reason: SessionEnd) throws -> Bool {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE sessions SET ended_at = now(), end_reason = \(reason.rawValue)
                WHERE public_id = \(publicID) AND ended_at IS NULL
                """) == 1
        }
    }

    /// Ends the sessions of a user.
    ///
    /// - Parameters:
    ///   - user: The user's number.
    ///   - kept: The id of a session that goes on.
    ///   - reason: Why.
    /// - Returns: How many ended.
    /// - Throws: What the database said.
    @discardableResult
    public func endSessions(
        user: Int, except kept: String? = nil, reason: SessionEnd
    ) throws -> Int {
        try connection.inScope(.system) {
            try connection.execute(
                """
                UPDATE sessions SET ended_at = now(), end_reason = \(reason.rawValue)
                WHERE user_id = \(user) AND ended_at IS NULL AND public_id <> \(kept ?? "")
                """)
        }
    }

    /// Forgets sessions with their tokens, and invitations, that ended or expired long ago.
    ///
    /// - Parameter seconds: How long ago.
    /// - Returns: How many were forgotten.
    /// - Throws: What the database said.
    @discardableResult
    public func prune(olderThan seconds: Int) throws -> Int {
        let age = Double(seconds)
        return try connection.inScope(.system) {
            try connection.execute(
                """
                DELETE FROM sessions
                WHERE least(expires_at, ended_at) < now() - make_interval(secs => \(age))
                """)
                + connection.execute(
                    """
                    DELETE FROM invitations
                    WHERE least(expires_at, ended_at) < now() - make_interval(secs => \(age))
                    """)
        }
    }
}
