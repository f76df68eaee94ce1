internal import Storage

extension AccountService {
    private static let keyNameLimit = 100
    private static let keyPrefixLength = 10
    private static let keyDays = 1...3650

    /// Makes an API key for a user and a workspace.
    ///
    /// - Parameters:
    ///   - name: What the user calls it.
    ///   - scopes: What it may be used for; no more than the role allows.
    ///   - days: For how many days it is good; nil for ever.
    ///   - workspace: The workspace that it works in.
    ///   - principal: The user, signed in with a session: a key makes no keys.
    /// - Returns: The key with its text, which is shown this once.
    /// - Throws: ``AccountError`` with code `forbidden`, `invalidArgument` or `limitReached`; or
    ///   what the database said.
    public func createKey(
        name: String, scopes: Set<Scope>, expiresInDays days: Int? = nil,
        in workspace: Membership, by principal: Principal
    ) throws -> NewAPIKey {
        guard case .user(let user, _) = principal,
            scopes.allSatisfy({ $0.role <= workspace.role })
        else { throw AccountError.forbidden("make such a key") }
        let name = try Names.checked(name, of: "key", limit: Self.keyNameLimit)
        guard !scopes.isEmpty else {
            throw AccountError(
                .invalidArgument, "a key needs a scope", remedy: "name search, index or admin")
        }
        guard days.map(Self.keyDays.contains) ?? true else {
            throw AccountError(
                .invalidArgument, "a key is good for 1 to \(Self.keyDays.upperBound) days",
                remedy: "name a number of days, or none for a key that does not end")
        }
        let text = try RandomText.token(prefix: APIKey.textPrefix)
        return try accounts.transaction {
            let made = try accounts.createKey(
                workspace: workspace.workspace, user: user.id, publicID: try RandomText.id("k"),
                name: name, prefix: String(text.prefix(Self.keyPrefixLength)),
                scopes: scopes.map(\.rawValue).sorted(), hash: RandomText.hash(text),
                seconds: days.map { $0 * 86_400 }, limit: Self.keyLimit)
            guard let made else {
                throw AccountError(
                    .limitReached, "there are \(Self.keyLimit) keys already",
                    remedy: "revoke one that is not used")
            }
            try audit(
                .keyCreated, workspace: workspace.workspace, actor: principal.actor,
                subject: "key:\(made.publicID)")
            return NewAPIKey(key: APIKey(made), text: text)
        }
    }

    /// Returns the keys that are not revoked, the newest first.
    ///
    /// - Parameters:
    ///   - workspace: The workspace.
    ///   - principal: Who asks: an admin sees all keys of the workspace, others their own.
    /// - Returns: The keys, expired ones included.
    /// - Throws: What the database said.
    public func keys(in workspace: Membership, by principal: Principal) throws -> [APIKey] {
        let owner = workspace.role >= .admin ? nil : principal.user?.id
        return try accounts.keys(workspace: workspace.workspace, user: owner).map(APIKey.init)
    }

    /// Revokes a key, which is good for nothing at once.
    ///
    /// - Parameters:
    ///   - id: The key's id.
    ///   - workspace: The workspace.
    ///   - principal: Who asks: an admin revokes any key, a user their own, a key itself.
    /// - Throws: ``AccountError`` with code `notFound`, or what the database said.
    public func revokeKey(
        _ id: String, in workspace: Membership, by principal: Principal
    ) throws {
        let isAdmin = workspace.role >= .admin
        if !isAdmin, case .apiKey(_, _, _, let own) = principal, own != id {
            throw AccountError.notFound("key")
        }
        try accounts.transaction {
            let isRevoked = try accounts.revokeKey(
                id, workspace: workspace.workspace, user: isAdmin ? nil : principal.user?.id)
            guard isRevoked else { throw AccountError.notFound("key") }
            try audit(
                .keyRevoked, workspace: workspace.workspace, actor: principal.actor,
                subject: "key:\(id)")
        }
    }
}

extension APIKey {
    init(_ record: APIKeyRecord) {
        self.init(
            id: record.publicID, name: record.name, prefix: record.prefix,
            scopes: Set(record.scopes.compactMap(Scope.init)), userID: record.userPublicID,
            createdAt: record.createdAt, expiresAt: record.expiresAt,
            lastUsedAt: record.lastUsedAt)
    }
}
