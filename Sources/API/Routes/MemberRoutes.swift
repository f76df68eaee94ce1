internal import Accounts
internal import HTTPTypes
internal import Hummingbird

/// The members of a workspace, and who is invited to become one.
struct MemberRoutes: Sendable {
    let gate: AccountGate

    var routes: [Route] {
        [members, change, remove, invitations, invite, revoke, accept]
    }

    private static let path = WorkspaceRoutes.path + "/members"
    private static let invitationPath = WorkspaceRoutes.path + "/invitations"
    private static let member = Operation.Parameter.name("m", "The member's user id.")
    private static let invitation = Operation.Parameter.name("i", "The invitation's id.")

    // MARK: Members

    private var members: Route {
        let gate = gate
        return Route(
            method: .get, path: Self.path, access: .workspace(.reader, .admin),
            operation: Operation(
                id: "listMembers", tag: "workspaces", summary: "Lists the members.",
                parameters: [.workspace], answers: [.json(200, "Members", "The members.")])
        ) { request in
            let membership = try request.membership()
            let members = try await gate.run(request) { try $0.members(of: membership) }
            return Answer.json(
                PageDocument(name: "members", items: members.map { MemberDocument(member: $0) }))
        }
    }

    private struct RoleChange: Decodable {
        let role: RoleName
    }

    private var change: Route {
        let gate = gate
        return Route(
            method: .patch, path: Self.path + "/{m}", access: .workspace(.admin, nil),
            operation: Operation(
                id: "changeMember", tag: "workspaces", summary: "Gives a member another role.",
                description: "Only an owner makes and unmakes owners, of whom one has to stay.",
                parameters: [.workspace, Self.member],
                body: ["application/json": Schema.reference("RoleChange")],
                answers: [.empty(204, "The role is changed.")], problems: [.conflict])
        ) { request in
            let id = try request.pathParameter("m")
            let change = try await request.body(RoleChange.self)
            let (principal, membership) = (try request.principal(), try request.membership())
            _ = try await gate.run(request) { service in
                try service.setRole(change.role.value, of: id, in: membership, by: principal)
            }
            return Answer.empty(.noContent)
        }
    }

    private var remove: Route {
        let gate = gate
        return Route(
            method: .delete, path: Self.path + "/{m}", access: .workspace(.reader, nil),
            operation: Operation(
                id: "removeMember", tag: "workspaces",
                summary: "Takes a member out of the workspace; anybody may go of their own accord.",
                parameters: [.workspace, Self.member],
                answers: [.empty(204, "They are out.")], problems: [.conflict])
        ) { request in
            let id = try request.pathParameter("m")
            let (principal, membership) = (try request.principal(), try request.membership())
            guard principal.user?.publicID == id || membership.role >= .admin else {
                throw Problem(.forbidden, "this needs the role 'admin' in the workspace")
            }
            try await gate.run(request) { service in
                try service.removeMember(id, from: membership, by: principal)
            }
            return Answer.empty(.noContent)
        }
    }

    // MARK: Invitations

    private var invitations: Route {
        let gate = gate
        return Route(
            method: .get, path: Self.invitationPath, access: .workspace(.admin, nil),
            operation: Operation(
                id: "listInvitations", tag: "workspaces",
                summary: "Lists the invitations that nobody has taken up.",
                parameters: [.workspace], answers: [.json(200, "Invitations", "The invitations.")])
        ) { request in
            let membership = try request.membership()
            let all = try await gate.run(request) { try $0.invitations(of: membership) }
            return Answer.json(
                PageDocument(
                    name: "invitations", items: all.map { InvitationDocument(invitation: $0) }))
        }
    }

    private struct NewInvitation: Decodable {
        let email: String
        let role: RoleName

        func check() throws(Problem) { try TextCheck.check(email, "email", 1...320) }
    }

    private var invite: Route {
        let gate = gate
        return Route(
            method: .post, path: Self.invitationPath, access: .workspace(.admin, nil),
            operation: Operation(
                id: "invite", tag: "workspaces", summary: "Invites somebody into the workspace.",
                description: """
                    The answer holds the invitation's `token`, which is shown this once: it is for \
                    whoever asks to bring it to the invited, since this server sends no mail.
                    """,
                parameters: [.workspace],
                body: ["application/json": Schema.reference("NewInvitation")],
                answers: [.json(201, "MadeInvitation", "The invitation.")], problems: [.conflict])
        ) { request in
            let wanted = try await request.body(NewInvitation.self)
            try wanted.check()
            let (principal, membership) = (try request.principal(), try request.membership())
            let made = try await gate.run(request) { service in
                try service.invite(
                    email: wanted.email, role: wanted.role.value, to: membership, by: principal)
            }
            return Answer.json(
                InvitationDocument(invitation: made.invitation, token: made.token),
                status: .created)
        }
    }

    private var revoke: Route {
        let gate = gate
        return Route(
            method: .delete, path: Self.invitationPath + "/{i}", access: .workspace(.admin, nil),
            operation: Operation(
                id: "revokeInvitation", tag: "workspaces", summary: "Takes an invitation back.",
                parameters: [.workspace, Self.invitation],
                answers: [.empty(204, "It is taken back.")])
        ) { request in
            let id = try request.pathParameter("i")
            let (principal, membership) = (try request.principal(), try request.membership())
            try await gate.run(request) { service in
                try service.revokeInvitation(id, in: membership, by: principal)
            }
            return Answer.empty(.noContent)
        }
    }

    private struct Acceptance: Decodable {
        let token: String

        func check() throws(Problem) { try TextCheck.check(token, "token", 1...256) }
    }

    private var accept: Route {
        let gate = gate
        return Route(
            method: .post, path: "/v1/invitations/accept", access: .signedIn(keys: false),
            operation: Operation(
                id: "acceptInvitation", tag: "workspaces",
                summary: "Takes an invitation up, with the account that is signed in.",
                body: ["application/json": Schema.reference("Acceptance")],
                answers: [.json(200, "Workspace", "The workspace.")],
                problems: [.conflict, .forbidden]),
            throttling: .login
        ) { request in
            let given = try await request.body(Acceptance.self)
            try given.check()
            let principal = try request.principal()
            let membership = try await gate.run(request) { service in
                try service.acceptInvitation(token: given.token, by: principal)
            }
            return Answer.json(WorkspaceDocument(membership: membership))
        }
    }
}

/// A role as clients write it.
struct RoleName: Decodable, Sendable {
    let value: Role

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let role = Role(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no such role")
        }
        value = role
    }
}
