internal import Storage

extension AccountService {
    /// Makes an account for whoever asks, where the rules allow it.
    ///
    /// Without an invitation that allows it, strangers are told the same whatever address they
    /// give; only where anybody may register does the answer say that an address is taken, which
    /// it could not hide.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - password: The password.
    ///   - invitation: The token of an invitation to that address, which is accepted with it.
    /// - Returns: The new user.
    /// - Throws: ``AccountError`` with code `registrationClosed`, `invitationInvalid`,
    ///   `invalidEmail`, `weakPassword` or `emailTaken`; or what the database said.
    public func register(
        email: String, password: String, invitation: String? = nil
    ) throws -> User {
        let email = try EmailAddress(email)
        try checkRegistration(invitation)
        try PasswordRules.check(password, email: email)
        let hash = try PasswordHash(of: password, rounds: rounds)
        return try accounts.transaction {
            if invitation == nil, rules == .invitation, try !accounts.lockFirstUser() {
                throw Self.registrationClosed
            }
            let user = try makeUser(email, hash)
            if let invitation {
                _ = try accept(invitation, user: user, actor: "user:\(user.publicID)")
            }
            return User(user)
        }
    }

    /// Refuses, before any work is done, who may not register.
    private func checkRegistration(_ invitation: String?) throws {
        guard rules != .closed else { throw Self.registrationClosed }
        if let invitation {
            guard try spaces.lockInvitation(hash: RandomText.hash(invitation)) != nil else {
                throw AccountError.invitationInvalid
            }
        } else if rules == .invitation {
            guard try accounts.users(after: nil, limit: 1).isEmpty else {
                throw Self.registrationClosed
            }
        }
    }

    private func makeUser(_ email: EmailAddress, _ hash: PasswordHash) throws -> UserRecord {
        let user = try accounts.createUser(
            publicID: try RandomText.id("u"), email: email.text, passwordHash: hash.stored)
        guard let user else {
            throw AccountError(
                .emailTaken, "an account with that address exists",
                remedy: "sign in, or take another address")
        }
        let subject = "user:\(user.publicID)"
        try audit(.userCreated, actor: subject, subject: subject)
        return user
    }

    private static var registrationClosed: AccountError {
        AccountError(
            .registrationClosed, "accounts are made by invitation here",
            remedy: "ask for an invitation, or for 'gitdex user add'")
    }

    // MARK: Administration

    /// Makes an account on the command line, whatever the rules for strangers are.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - password: The password.
    /// - Returns: The new user.
    /// - Throws: ``AccountError`` with code `invalidEmail`, `weakPassword` or `emailTaken`; or what
    ///   the database said.
    public func createUser(email: String, password: String) throws -> User {
        let email = try EmailAddress(email)
        try PasswordRules.check(password, email: email)
        let hash = try PasswordHash(of: password, rounds: rounds)
        return try accounts.transaction { User(try makeUser(email, hash)) }
    }

    /// Returns a page of the accounts, by address.
    ///
    /// - Parameters:
    ///   - email: The last address of the page before; nil for the first page.
    ///   - limit: How many at most.
    /// - Returns: The users, disabled ones included.
    /// - Throws: What the database said.
    public func users(after email: String? = nil, limit: Int = 1000) throws -> [User] {
        try accounts.users(after: email, limit: limit).map(User.init)
    }

    /// Returns the account of an address.
    ///
    /// - Parameter email: The address, in any form.
    /// - Returns: The user, also a disabled one.
    /// - Throws: ``AccountError`` with code `invalidEmail` or `notFound`; or what the database said.
    public func user(email: String) throws -> User {
        User(try knownUser(email))
    }

    private func knownUser(_ email: String) throws -> UserRecord {
        guard let user = try accounts.user(email: try EmailAddress(email).text) else {
            throw AccountError(
                .notFound, "there is no account with that address",
                remedy: "list the accounts with 'gitdex user list'")
        }
        return user
    }

    /// Closes an account: its sessions end, and its tokens and keys are good for nothing at once.
    ///
    /// - Parameter email: The address.
    /// - Returns: The user.
    /// - Throws: ``AccountError`` with code `notFound`, or what the database said.
    public func disable(email: String) throws -> User {
        try setDisabled(true, email: email)
    }

    /// Opens a closed account again.
    ///
    /// Its keys are good again; its sessions stay ended.
    ///
    /// - Parameter email: The address.
    /// - Returns: The user.
    /// - Throws: ``AccountError`` with code `notFound`, or what the database said.
    public func enable(email: String) throws -> User {
        try setDisabled(false, email: email)
    }

    private func setDisabled(_ isDisabled: Bool, email: String) throws -> User {
        let user = try knownUser(email)
        try accounts.transaction {
            guard try accounts.setDisabled(isDisabled, user: user.id) else { return }
            if isDisabled { try accounts.endSessions(user: user.id, reason: .disabled) }
            try audit(
                isDisabled ? .userDisabled : .userEnabled, actor: Principal.local.actor,
                subject: "user:\(user.publicID)")
        }
        return User(try knownUser(email))
    }

    // MARK: Passwords

    /// Changes a user's own password.
    ///
    /// Every other session of theirs ends; keys stay.
    ///
    /// - Parameters:
    ///   - principal: The user, signed in with a session.
    ///   - current: The present password.
    ///   - new: The new one.
    /// - Throws: ``AccountError`` with code `forbidden`, `invalidCredentials` or `weakPassword`; or
    ///   what the database said.
    public func changePassword(of principal: Principal, current: String, new: String) throws {
        guard case .user(let user, let session) = principal,
            let record = try accounts.user(id: user.id)
        else { throw AccountError.forbidden("change a password") }
        guard try fits(current, record) else {
            try audit(.passwordRefused, actor: principal.actor, subject: principal.actor)
            throw AccountError(
                .invalidCredentials, "that is not the present password", remedy: "check it")
        }
        let email = try EmailAddress(record.email)
        guard new != current else {
            throw AccountError(
                .weakPassword, "the new password is the present one", remedy: "choose another one")
        }
        try PasswordRules.check(new, email: email)
        let hash = try PasswordHash(of: new, rounds: rounds)
        try accounts.transaction {
            let isSet = try accounts.setPassword(
                hash: hash.stored, replacing: record.passwordHash, user: record.id)
            guard isSet else { throw AccountError.invalidCredentials }
            try accounts.endSessions(user: record.id, except: session, reason: .password)
            try audit(.passwordChanged, actor: principal.actor, subject: principal.actor)
        }
    }

    /// Sets a password on the command line.
    ///
    /// All the user's sessions end.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - new: The new password.
    /// - Throws: ``AccountError`` with code `notFound` or `weakPassword`; or what the database said.
    public func setPassword(of email: String, to new: String) throws {
        let user = try knownUser(email)
        try PasswordRules.check(new, email: try EmailAddress(user.email))
        let hash = try PasswordHash(of: new, rounds: rounds)
        try accounts.transaction {
            try accounts.setPassword(hash: hash.stored, replacing: nil, user: user.id)
            try accounts.endSessions(user: user.id, reason: .password)
            try audit(
                .passwordChanged, actor: Principal.local.actor, subject: "user:\(user.publicID)")
        }
    }
}
