public import Postgres
internal import Storage

/// Accounts and workspaces, over one connection: who may sign in, and what they may do.
///
/// All calls block. ``register(email:password:invitation:)``, ``login(email:password:)`` and what
/// sets a password keep the thread busy for some tenths of a second, on purpose: give them few
/// connections of their own, so that they hold up nobody else. Not Sendable: it belongs to the
/// thread that its connection belongs to.
public struct AccountService {
    /// For how long a session can be refreshed without signing in again.
    static let sessionSeconds = 90 * 86_400
    /// For how long a refresh token is good.
    static let refreshSeconds = 30 * 86_400
    /// For how long an invitation is good.
    static let invitationSeconds = 7 * 86_400
    /// How many workspaces a user may own.
    static let workspaceLimit = 100
    /// How many keys a member may have in a workspace.
    static let keyLimit = 50
    /// How many invitations a workspace may have pending.
    static let invitationLimit = 200

    let accounts: AccountStore
    let spaces: WorkspaceStore
    let rules: RegistrationRules
    let origin: RequestOrigin
    let rounds: Int

    /// Makes a service; costs nothing.
    ///
    /// - Parameters:
    ///   - connection: A connection to a database with the schema of this program.
    ///   - rules: Who may make an account by themselves.
    ///   - origin: Where the calls come from, for the audit log.
    public init(
        connection: Connection, rules: RegistrationRules = .invitation,
        origin: RequestOrigin = RequestOrigin()
    ) {
        self.init(
            connection: connection, rules: rules, origin: origin,
            rounds: PasswordHash.standardRounds)
    }

    /// Makes a service whose passwords are hashed in other rounds, for tests.
    init(
        connection: Connection, rules: RegistrationRules, origin: RequestOrigin = RequestOrigin(),
        rounds: Int
    ) {
        accounts = AccountStore(connection: connection)
        spaces = WorkspaceStore(connection: connection)
        self.rules = rules
        self.origin = origin
        self.rounds = rounds
    }

    // MARK: Who asks

    /// Finds out who shows a credential.
    ///
    /// Costs one round trip, and another one a minute for a key.
    ///
    /// - Parameter credential: What ``AccessTokenSigner/credential(bearer:)`` made of the request.
    /// - Returns: Who asks.
    /// - Throws: ``AccountError`` with code `tokenInvalid` when the session ended, the key was
    ///   revoked or the account is closed; or what the database said.
    public func authenticate(_ credential: Credential) throws -> Principal {
        switch credential {
        case .access(let claims):
            let user = try accounts.signedIn(session: claims.session, user: claims.subject)
            guard let user else { throw AccountError.tokenInvalid }
            return .user(User(user), session: claims.session)
        case .apiKey(let text):
            guard let found = try accounts.useKey(hash: RandomText.hash(text)) else {
                throw AccountError.tokenInvalid
            }
            return .apiKey(
                user: User(found.user), workspace: found.key.workspace,
                scopes: Set(found.key.scopes.compactMap(Scope.init)), keyID: found.key.publicID)
        }
    }

    // MARK: Audit

    /// The most entries that one page of the audit log holds.
    public static let auditPageLimit = AccountStore.auditPageLimit

    /// Writes into the audit log.
    ///
    /// What is given must hold no secret; it is cut to the lengths that are stored.
    ///
    /// - Parameters:
    ///   - kind: What happened.
    ///   - workspace: The number of the workspace that it concerns; nil for none.
    ///   - actor: Who did it; see ``Principal/actor``.
    ///   - subject: Whom or what it happened to.
    /// - Throws: What the database said.
    public func audit(
        _ kind: AuditKind, workspace: Int? = nil, actor: String, subject: String? = nil
    ) throws {
        try accounts.audit(
            kind.rawValue, workspace: workspace, actor: Self.cut(actor, 100),
            subject: subject.map { Self.cut($0, 300) },
            address: origin.address.map { Self.cut($0, 100) },
            requestID: origin.requestID.map { Self.cut($0, 200) })
    }

    /// Returns a page of a workspace's audit log, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace, as an admin sees it.
    ///   - before: The last entry of the page before; nil for the newest.
    ///   - limit: How many at most; no more than ``auditPageLimit``.
    /// - Returns: The entries.
    /// - Throws: ``AccountError`` with code `forbidden`, or what the database said.
    public func auditEvents(
        of workspace: Membership, before: Int? = nil, limit: Int
    ) throws -> [AuditEvent] {
        guard workspace.role >= .admin else { throw AccountError.forbidden("see the audit log") }
        return try accounts.auditEvents(
            workspace: workspace.workspace, before: before, limit: max(limit, 1)
        ).map { record in
            AuditEvent(
                id: record.id, at: record.at, actor: record.actor, actorEmail: record.actorEmail,
                kind: AuditKind(rawValue: record.event), subject: record.subject,
                address: record.address, requestID: record.requestID)
        }
    }

    /// A text of 1 to `limit` characters, as the database counts them, without its NULs.
    private static func cut(_ text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars.lazy.filter { $0 != "\0" }.prefix(limit)
        var cut = ""
        cut.unicodeScalars.append(contentsOf: scalars)
        return cut.isEmpty ? "-" : cut
    }
}

extension User {
    init(_ record: UserRecord) {
        self.init(
            id: record.id, publicID: record.publicID, email: record.email,
            isDisabled: record.isDisabled, createdAt: record.createdAt,
            lastLoginAt: record.lastLoginAt)
    }
}
