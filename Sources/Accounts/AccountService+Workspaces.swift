internal import Storage

extension AccountService {
    private static let workspaceNameLimit = 200

    /// Returns the workspaces that somebody may work in, by name.
    ///
    /// - Parameter principal: Who asks.
    /// - Returns: A user's memberships; for a key its workspace; for this machine its own.
    /// - Throws: What the database said.
    public func workspaces(of principal: Principal) throws -> [Membership] {
        switch principal {
        case .user(let user, _):
            return try spaces.workspaces(member: user.id).compactMap(Membership.init)
        case .apiKey(let user, let workspace, _, _):
            return try spaces.workspaces(member: user.id).filter { $0.id == workspace }
                .compactMap(Membership.init).map { capped($0, principal) }
        case .local:
            return try [membership(of: .local, workspace: WorkspaceStore.localPublicID)]
                .compactMap { $0 }
        }
    }

    /// Returns a workspace as somebody stands to it.
    ///
    /// - Parameters:
    ///   - principal: Who asks.
    ///   - publicID: The workspace's id.
    /// - Returns: The membership, or nil where there is no such workspace for whoever asks, whether
    ///   it exists or not. A key's role is no more than its scopes.
    /// - Throws: What the database said.
    public func membership(
        of principal: Principal, workspace publicID: String
    ) throws -> Membership? {
        switch principal {
        case .user(let user, _):
            return try spaces.workspace(publicID: publicID, member: user.id)
                .flatMap(Membership.init)
        case .apiKey(let user, let workspace, _, _):
            let found = try spaces.workspace(publicID: publicID, member: user.id)
            guard let found, found.id == workspace else { return nil }
            return Membership(found).map { capped($0, principal) }
        case .local:
            guard publicID == WorkspaceStore.localPublicID else { return nil }
            return try administered(workspace: publicID)
        }
    }

    private func capped(_ membership: Membership, _ principal: Principal) -> Membership {
        guard case .apiKey(_, _, let scopes, _) = principal else { return membership }
        let most = scopes.map(\.role).max() ?? .reader
        return Membership(
            workspace: membership.workspace, publicID: membership.publicID, name: membership.name,
            role: min(membership.role, most))
    }

    /// Returns any workspace with all rights, for the command line.
    ///
    /// - Parameter publicID: The workspace's id.
    /// - Returns: The workspace, or nil when there is none.
    /// - Throws: What the database said.
    public func administered(workspace publicID: String) throws -> Membership? {
        try spaces.workspace(publicID: publicID).map {
            Membership(workspace: $0.id, publicID: $0.publicID, name: $0.name, role: .owner)
        }
    }

    /// Returns every workspace with all rights, by name, for the command line.
    ///
    /// - Returns: The workspaces.
    /// - Throws: What the database said.
    public func allWorkspaces() throws -> [Membership] {
        try spaces.workspaces(member: nil).map {
            Membership(workspace: $0.id, publicID: $0.publicID, name: $0.name, role: .owner)
        }
    }

    /// Makes a workspace, which belongs to whoever makes it.
    ///
    /// - Parameters:
    ///   - name: Its name; need not be the only one of that name.
    ///   - principal: The user, signed in with a session.
    /// - Returns: The workspace, as its owner.
    /// - Throws: ``AccountError`` with code `forbidden`, `invalidArgument` or `limitReached`; or
    ///   what the database said.
    public func createWorkspace(name: String, by principal: Principal) throws -> Membership {
        guard case .user(let user, _) = principal else {
            throw AccountError.forbidden("make a workspace")
        }
        return try createWorkspace(name: name, owner: user, actor: principal.actor)
    }

    /// Makes a workspace for a user, on the command line.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - user: Who owns it.
    /// - Returns: The workspace, as its owner.
    /// - Throws: ``AccountError`` with code `invalidArgument` or `limitReached`; or what the
    ///   database said.
    public func createWorkspace(name: String, owner user: User) throws -> Membership {
        try createWorkspace(name: name, owner: user, actor: Principal.local.actor)
    }

    private func createWorkspace(
        name: String, owner user: User, actor: String
    ) throws -> Membership {
        let name = try Names.checked(name, of: "workspace", limit: Self.workspaceNameLimit)
        return try accounts.transaction {
            let made = try spaces.create(
                publicID: try RandomText.id("w"), name: name, owner: user.id,
                limit: Self.workspaceLimit)
            guard let made, let membership = Membership(made) else {
                throw AccountError(
                    .limitReached, "a user may own \(Self.workspaceLimit) workspaces",
                    remedy: "delete one, or give it to somebody else")
            }
            try audit(
                .workspaceCreated, workspace: made.id, actor: actor,
                subject: "workspace:\(made.publicID)")
            return membership
        }
    }

    /// Renames a workspace.
    ///
    /// - Parameters:
    ///   - workspace: The workspace, as an admin stands to it.
    ///   - name: Its new name.
    ///   - principal: Who asks.
    /// - Returns: The workspace with its new name.
    /// - Throws: ``AccountError`` with code `forbidden`, `invalidArgument` or `notFound`; or what
    ///   the database said.
    public func renameWorkspace(
        _ workspace: Membership, to name: String, by principal: Principal
    ) throws -> Membership {
        let name = try Names.checked(name, of: "workspace", limit: Self.workspaceNameLimit)
        return try administering(workspace, by: principal, atLeast: .admin) { _ in
            guard try spaces.rename(workspace.workspace, to: name) else {
                throw AccountError.notFound("workspace")
            }
            try audit(
                .workspaceRenamed, workspace: workspace.workspace, actor: principal.actor,
                subject: "workspace:\(workspace.publicID)")
            return Membership(
                workspace: workspace.workspace, publicID: workspace.publicID, name: name,
                role: workspace.role)
        }
    }

    /// Deletes a workspace.
    ///
    /// Nobody finds it from now on, its members are none, its keys are good for nothing, and what
    /// runs for it has lost its lease. Its rows go when ``eraseWorkspace(_:)`` runs, its mirrors when
    /// the workers look for such as belong to nothing.
    ///
    /// - Parameters:
    ///   - workspace: The workspace, as an owner stands to it.
    ///   - principal: Who asks.
    /// - Throws: ``AccountError`` with code `forbidden` or `notFound`; or what the database said.
    public func deleteWorkspace(_ workspace: Membership, by principal: Principal) throws {
        try administering(workspace, by: principal, atLeast: .owner) { _ in
            let isBegun = try spaces.beginDeletion(
                workspace.workspace, publicID: try RandomText.id("x"))
            guard isBegun else { throw AccountError.notFound("workspace") }
            try audit(
                .workspaceDeleted, actor: principal.actor,
                subject: "workspace:\(workspace.publicID)")
        }
    }

    /// Erases every row of a workspace whose deletion has begun; costs time by their number.
    ///
    /// Waits for what is being indexed in it. Can be broken off: what is left goes the next time.
    ///
    /// - Parameter workspace: The workspace's number.
    /// - Throws: What the database said.
    public func eraseWorkspace(_ workspace: Int) throws {
        try spaces.erase(workspace)
    }

    /// Runs `body` in a transaction in which nobody else changes who may do what in the workspace.
    ///
    /// - Parameters:
    ///   - workspace: The workspace, as it was when the request came.
    ///   - principal: Who asks.
    ///   - least: The role that it takes.
    ///   - body: The work; gets the role that whoever asks has now.
    /// - Returns: What `body` returns.
    /// - Throws: ``AccountError`` with code `forbidden` or `notFound`, and what `body` throws.
    func administering<R>(
        _ workspace: Membership, by principal: Principal, atLeast least: Role,
        _ body: (Role) throws -> R
    ) throws -> R {
        guard workspace.publicID != WorkspaceStore.localPublicID else {
            throw AccountError(
                .forbidden, "the workspace 'local' belongs to this machine and to no user",
                remedy: "make another one for your team")
        }
        return try accounts.transaction {
            guard try spaces.lock(workspace.workspace) else {
                throw AccountError.notFound("workspace")
            }
            let role = try currentRole(of: principal, in: workspace)
            guard let role else { throw AccountError.notFound("workspace") }
            guard role >= least else { throw AccountError.forbidden("do that") }
            return try body(role)
        }
    }

    /// The role of whoever asks as it is now, which may be less than when the request came.
    private func currentRole(
        of principal: Principal, in workspace: Membership
    ) throws -> Role? {
        guard let user = principal.user else { return workspace.role }
        let member = try spaces.members(workspace: workspace.workspace, user: user.publicID).first
        return member.flatMap { Role(rawValue: $0.role) }.map { min($0, workspace.role) }
    }
}

extension Membership {
    /// A workspace with the role of the member who was asked about; nil without a role.
    init?(_ record: WorkspaceRecord) {
        guard let role = record.role.flatMap(Role.init) else { return nil }
        self.init(
            workspace: record.id, publicID: record.publicID, name: record.name, role: role)
    }
}
