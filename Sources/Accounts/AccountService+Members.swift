internal import Storage

extension AccountService {
    /// Returns the members of a workspace, by address.
    ///
    /// - Parameter workspace: The workspace.
    /// - Returns: The members.
    /// - Throws: What the database said.
    public func members(of workspace: Membership) throws -> [Member] {
        try spaces.members(workspace: workspace.workspace).compactMap(Member.init)
    }

    /// Makes a user a member, on the command line.
    ///
    /// - Parameters:
    ///   - email: The user's address.
    ///   - role: What the user may do.
    ///   - workspace: The workspace.
    /// - Throws: ``AccountError`` with code `notFound`, `alreadyMember` or `forbidden`; or what the
    ///   database said.
    public func addMember(email: String, role: Role, to workspace: Membership) throws {
        let user = try user(email: email)
        try administering(workspace, by: .local, atLeast: .owner) { _ in
            try add(user.id, user.publicID, role, workspace.workspace, Principal.local.actor)
        }
    }

    private func add(
        _ user: Int, _ publicID: String, _ role: Role, _ workspace: Int, _ actor: String
    ) throws {
        guard try spaces.addMember(user, workspace: workspace, role: role.rawValue) else {
            throw AccountError(
                .alreadyMember, "they are a member already", remedy: "change their role instead")
        }
        try audit(.memberAdded, workspace: workspace, actor: actor, subject: "user:\(publicID)")
    }

    /// Gives a member another role.
    ///
    /// Nobody makes or changes one who may more than they do.
    ///
    /// - Parameters:
    ///   - role: What the member may do from now on.
    ///   - userID: The member's id.
    ///   - workspace: The workspace, as an admin stands to it.
    ///   - principal: Who asks.
    /// - Throws: ``AccountError`` with code `forbidden`, `notFound` or `lastOwner`; or what the
    ///   database said.
    public func setRole(
        _ role: Role, of userID: String, in workspace: Membership, by principal: Principal
    ) throws {
        try administering(workspace, by: principal, atLeast: .admin) { own in
            let (member, present) = try known(userID, in: workspace)
            guard present <= own, role <= own else {
                throw AccountError.forbidden("name such a role")
            }
            guard present != role else { return }
            if present == .owner { try requireOwner(besides: member, in: workspace) }
            try spaces.setRole(role.rawValue, of: member.user, workspace: workspace.workspace)
            try audit(
                .memberChanged, workspace: workspace.workspace, actor: principal.actor,
                subject: "user:\(userID)")
        }
    }

    /// Ends a membership, with the member's keys.
    ///
    /// Everybody may leave.
    ///
    /// - Parameters:
    ///   - userID: The member's id.
    ///   - workspace: The workspace.
    ///   - principal: Who asks: an admin, or the member.
    /// - Throws: ``AccountError`` with code `forbidden`, `notFound` or `lastOwner`; or what the
    ///   database said.
    public func removeMember(
        _ userID: String, from workspace: Membership, by principal: Principal
    ) throws {
        var leaves = false
        if case .user(let user, _) = principal { leaves = user.publicID == userID }
        try administering(workspace, by: principal, atLeast: leaves ? .reader : .admin) { own in
            let (member, present) = try known(userID, in: workspace)
            guard present <= own else { throw AccountError.forbidden("remove such a member") }
            if present == .owner { try requireOwner(besides: member, in: workspace) }
            try spaces.removeMember(member.user, workspace: workspace.workspace)
            try audit(
                .memberRemoved, workspace: workspace.workspace, actor: principal.actor,
                subject: "user:\(userID)")
        }
    }

    private func known(
        _ userID: String, in workspace: Membership
    ) throws -> (member: MemberRecord, role: Role) {
        let member = try spaces.members(workspace: workspace.workspace, user: userID).first
        guard let member, let role = Role(rawValue: member.role) else {
            throw AccountError.notFound("member")
        }
        return (member, role)
    }

    private func requireOwner(besides member: MemberRecord, in workspace: Membership) throws {
        let others = try spaces.ownerCount(workspace: workspace.workspace, without: member.user)
        guard others > 0 else { throw AccountError.lastOwner }
    }

    // MARK: Invitations

    /// Invites somebody, in the place of an earlier invitation to the same address.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - role: What the new member may do; no more than whoever invites.
    ///   - workspace: The workspace, as an admin stands to it.
    ///   - principal: Who asks.
    /// - Returns: The invitation with its token, which is shown this once. It is good for a week.
    /// - Throws: ``AccountError`` with code `forbidden`, `invalidEmail`, `alreadyMember` or
    ///   `limitReached`; or what the database said.
    public func invite(
        email: String, role: Role, to workspace: Membership, by principal: Principal
    ) throws -> NewInvitation {
        let email = try EmailAddress(email)
        let token = try RandomText.token()
        return try administering(workspace, by: principal, atLeast: .admin) { own in
            guard role <= own else { throw AccountError.forbidden("invite with such a role") }
            let members = try spaces.members(workspace: workspace.workspace)
            guard !members.contains(where: { $0.email == email.text }) else {
                throw AccountError(
                    .alreadyMember, "they are a member already",
                    remedy: "change their role instead")
            }
            let made = try spaces.invite(
                workspace: workspace.workspace, publicID: try RandomText.id("i"),
                email: email.text, role: role.rawValue, hash: RandomText.hash(token),
                seconds: Self.invitationSeconds, limit: Self.invitationLimit)
            guard let made, let invitation = Invitation(made) else {
                throw AccountError(
                    .limitReached, "there are \(Self.invitationLimit) invitations already",
                    remedy: "take one back, or wait for one to end")
            }
            try audit(
                .invitationCreated, workspace: workspace.workspace, actor: principal.actor,
                subject: "invitation:\(made.publicID)")
            return NewInvitation(invitation: invitation, token: token)
        }
    }

    /// Returns the invitations that can be accepted, the newest first.
    ///
    /// - Parameter workspace: The workspace, as an admin stands to it.
    /// - Returns: The invitations.
    /// - Throws: ``AccountError`` with code `forbidden`, or what the database said.
    public func invitations(of workspace: Membership) throws -> [Invitation] {
        guard workspace.role >= .admin else { throw AccountError.forbidden("see invitations") }
        return try spaces.invitations(workspace: workspace.workspace).compactMap(Invitation.init)
    }

    /// Takes an invitation back.
    ///
    /// - Parameters:
    ///   - id: The invitation's id.
    ///   - workspace: The workspace, as an admin stands to it.
    ///   - principal: Who asks.
    /// - Throws: ``AccountError`` with code `forbidden` or `notFound`; or what the database said.
    public func revokeInvitation(
        _ id: String, in workspace: Membership, by principal: Principal
    ) throws {
        try administering(workspace, by: principal, atLeast: .admin) { _ in
            guard try spaces.endInvitation(id, workspace: workspace.workspace) else {
                throw AccountError.notFound("invitation")
            }
            try audit(
                .invitationRevoked, workspace: workspace.workspace, actor: principal.actor,
                subject: "invitation:\(id)")
        }
    }

    /// Accepts an invitation.
    ///
    /// - Parameters:
    ///   - token: The invitation's token.
    ///   - principal: The user who is invited, signed in with a session.
    /// - Returns: The workspace, as its new member.
    /// - Throws: ``AccountError`` with code `invitationInvalid`, also when it is for another
    ///   address, `alreadyMember` or `forbidden`; or what the database said.
    public func acceptInvitation(
        token: String, by principal: Principal
    ) throws -> Membership {
        guard case .user(let user, _) = principal else {
            throw AccountError.forbidden("accept an invitation")
        }
        return try accounts.transaction {
            guard let record = try accounts.user(id: user.id) else {
                throw AccountError.invitationInvalid
            }
            return try accept(token, user: record, actor: principal.actor)
        }
    }

    /// Makes a user a member by an invitation.
    ///
    /// Runs in the caller's transaction.
    func accept(_ token: String, user: UserRecord, actor: String) throws -> Membership {
        guard RandomText.isToken(token),
            let found = try spaces.lockInvitation(hash: RandomText.hash(token)),
            found.email == user.email, let role = Role(rawValue: found.role)
        else { throw AccountError.invitationInvalid }
        _ = try spaces.endInvitation(found.publicID, workspace: found.workspace)
        try audit(
            .invitationAccepted, workspace: found.workspace, actor: actor,
            subject: "invitation:\(found.publicID)")
        try add(user.id, user.publicID, role, found.workspace, actor)
        let workspace = try spaces.workspaces(member: user.id).first { $0.id == found.workspace }
        guard let membership = workspace.flatMap(Membership.init) else {
            throw AccountError.invitationInvalid
        }
        return membership
    }
}

extension Member {
    init?(_ record: MemberRecord) {
        guard let role = Role(rawValue: record.role) else { return nil }
        self.init(
            userID: record.publicID, email: record.email, role: role,
            isDisabled: record.isDisabled, since: record.createdAt)
    }
}

extension Invitation {
    init?(_ record: InvitationRecord) {
        guard let role = Role(rawValue: record.role) else { return nil }
        self.init(
            id: record.publicID, email: record.email, role: role, createdAt: record.createdAt,
            expiresAt: record.expiresAt)
    }
}
