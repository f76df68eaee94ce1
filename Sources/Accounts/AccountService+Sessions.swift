internal import Storage

extension AccountService {
    /// Longer texts are no passwords.
    private static let passwordByteLimit = 1024

    /// Signs in.
    ///
    /// Takes the same time for an address without an account. Stores the password under the
    /// parameters of today, where it stands under weaker ones.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - password: The password.
    /// - Returns: The new session.
    /// - Throws: ``AccountError`` with code `invalidCredentials`, or what the database said.
    public func login(email: String, password: String) throws -> Session {
        let user = try (try? EmailAddress(email)).flatMap { try accounts.user(email: $0.text) }
        guard try fits(password, user), let user, !user.isDisabled else {
            try audit(.loginFailed, actor: "anonymous", subject: user.map { "user:\($0.publicID)" })
            throw AccountError.invalidCredentials
        }
        let token = try RandomText.token()
        let session = Session(user: User(user), id: try RandomText.id("s"), refreshToken: token)
        try accounts.transaction {
            let isOpen = try accounts.openSession(
                user: user.id, passwordHash: user.passwordHash, publicID: session.id,
                tokenHash: RandomText.hash(token), tokenSeconds: Self.refreshSeconds,
                sessionSeconds: Self.sessionSeconds)
            guard isOpen else { throw AccountError.invalidCredentials }
            let actor = "user:\(user.publicID)"
            try audit(.loginSucceeded, actor: actor, subject: actor)
        }
        if let stored = PasswordHash(stored: user.passwordHash), stored.rounds < rounds {
            let hash = try PasswordHash(of: password, rounds: rounds)
            try accounts.rehash(hash.stored, replacing: user.passwordHash, user: user.id)
        }
        return session
    }

    /// Whether a password is a user's; costs the same whether there is a user or not.
    func fits(_ password: String, _ user: UserRecord?) throws -> Bool {
        let isTooLong = password.utf8.count > Self.passwordByteLimit
        let password = isTooLong ? "" : password
        guard let stored = user.flatMap({ PasswordHash(stored: $0.passwordHash) }) else {
            try PasswordHash.burn(password, rounds: rounds)
            return false
        }
        let fits = try stored.fits(password)
        try PasswordHash.burn(password, rounds: rounds - stored.rounds)
        return fits && !isTooLong
    }

    /// Goes on with a session: its refresh token is used up, and there is a new one.
    ///
    /// A token that comes a second time, perhaps because somebody stole it, ends the session with
    /// all its tokens. There is no grace for an answer that got lost: whoever holds the stolen token
    /// could come first as well.
    ///
    /// - Parameter token: The refresh token.
    /// - Returns: The session with its next refresh token.
    /// - Throws: ``AccountError`` with code `tokenInvalid`, `tokenExpired` or `tokenReused`; or what
    ///   the database said.
    public func refresh(_ token: String) throws -> Session {
        guard RandomText.isToken(token) else { throw AccountError.tokenInvalid }
        let hash = RandomText.hash(token)
        // What is found out about a stolen token must be committed, so that nothing throws in here.
        let outcome: Result<Session, AccountError> = try accounts.transaction {
            guard let found = try accounts.lockToken(hash: hash) else {
                return .failure(.tokenInvalid)
            }
            if found.isUsed {
                try endStolen(found)
                return .failure(Self.tokenReused)
            }
            if found.isEnded || found.user.isDisabled { return .failure(.tokenInvalid) }
            if found.isExpired { return .failure(Self.sessionExpired) }
            let next = try RandomText.token()
            try accounts.replaceToken(
                hash, by: RandomText.hash(next), session: found.session,
                tokenSeconds: Self.refreshSeconds)
            return .success(
                Session(
                    user: User(found.user), id: found.sessionPublicID, refreshToken: next))
        }
        return try outcome.get()
    }

    private func endStolen(_ token: RefreshTokenRecord) throws {
        guard try accounts.endSession(token.sessionPublicID, reason: .reuse) else { return }
        try audit(.tokenReused, actor: "anonymous", subject: "user:\(token.user.publicID)")
    }

    private static var tokenReused: AccountError {
        AccountError(
            .tokenReused, "that refresh token was used before, so its session was ended",
            remedy: "sign in again, and change the password if you did not use it twice")
    }

    private static var sessionExpired: AccountError {
        AccountError(.tokenExpired, "the session has expired", remedy: "sign in again")
    }

    /// Ends the session that a refresh token belongs to; one that is unknown ends nothing.
    ///
    /// - Parameter token: The refresh token, used before or not.
    /// - Throws: What the database said.
    public func logout(refreshToken token: String) throws {
        guard RandomText.isToken(token) else { return }
        try accounts.transaction {
            guard let found = try accounts.lockToken(hash: RandomText.hash(token)) else { return }
            try end(found.sessionPublicID, user: found.user.publicID)
        }
    }

    /// Ends the session that a request came with; a key ends nothing.
    ///
    /// - Parameter principal: Who asks.
    /// - Throws: What the database said.
    public func logout(_ principal: Principal) throws {
        guard case .user(let user, let session) = principal else { return }
        try accounts.transaction { try end(session, user: user.publicID) }
    }

    private func end(_ session: String, user: String) throws {
        guard try accounts.endSession(session, reason: .logout) else { return }
        try audit(.sessionEnded, actor: "user:\(user)", subject: "user:\(user)")
    }
}
