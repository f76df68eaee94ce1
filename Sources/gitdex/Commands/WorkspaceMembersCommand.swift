import Accounts
import ArgumentParser

/// The command `gitdex workspace members`.
struct WorkspaceMembersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members",
        abstract: "Say who may do what in a workspace.",
        discussion: """
            A reader searches; a member also has repositories indexed; an admin also connects \
            repositories and invites people; an owner also names owners and deletes the workspace.

            EXAMPLES
              gitdex workspace members list ID
              gitdex workspace members add ID bob@example.org --role reader
              gitdex workspace members invite ID eve@example.org
              gitdex workspace members role ID bob@example.org admin
              gitdex workspace members remove ID bob@example.org
            """,
        subcommands: [List.self, Add.self, Invite.self, ChangeRole.self, Remove.self],
        defaultSubcommand: List.self)

    private struct ListDocument: Encodable {
        let members: [MemberDocument]
    }

    private struct InvitationDocument: Encodable {
        private enum CodingKeys: String, CodingKey {
            case id, email, role, token
            case expiresAt = "expires_at"
        }

        let id: String
        let email: String
        let role: String
        let token: String
        let expiresAt: String
    }

    /// The workspace that is meant.
    struct Target: ParsableArguments {
        @OptionGroup var common: GlobalOptions
        @Argument(help: "The workspace's id.") var workspace: String

        func open() throws -> (service: AccountService, workspace: Membership) {
            let service = try AccountWorkbench.open(common)
            return (service, try AccountWorkbench.workspace(workspace, service))
        }
    }

    /// The command `gitdex workspace members list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the members.")

        @OptionGroup var target: Target

        mutating func run() throws {
            let (service, workspace) = try target.open()
            try WorkspaceMembersCommand.show(service, workspace, target.common)
        }
    }

    /// The command `gitdex workspace members add`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account a member.")

        @OptionGroup var target: Target
        @Argument(help: "The account's address.") var email: String
        @Option(help: "What they may do: reader, member, admin or owner.") var role = Role.member

        mutating func run() throws {
            let (service, workspace) = try target.open()
            try service.addMember(email: email, role: role, to: workspace)
            try WorkspaceMembersCommand.show(service, workspace, target.common)
        }
    }

    /// The command `gitdex workspace members invite`.
    struct Invite: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an invitation for somebody, which is good for a week.")

        @OptionGroup var target: Target
        @Argument(help: "The address that is invited.") var email: String
        @Option(help: "What they may do: reader, member, admin or owner.") var role = Role.member

        mutating func run() throws {
            let (service, workspace) = try target.open()
            let made = try service.invite(email: email, role: role, to: workspace, by: .local)
            let invitation = made.invitation
            if target.common.json {
                try JSONOutput.print(
                    InvitationDocument(
                        id: invitation.id, email: invitation.email, role: invitation.role.rawValue,
                        token: made.token, expiresAt: invitation.expiresAt.text))
            } else {
                Terminal.print("invited \(invitation.email) until \(invitation.expiresAt.text)")
                Terminal.print("invitation: \(made.token)")
            }
        }
    }

    /// The command `gitdex workspace members role`.
    struct ChangeRole: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give a member another role.")

        @OptionGroup var target: Target
        @Argument(help: "The member's address.") var email: String
        @Argument(help: "What they may do: reader, member, admin or owner.") var role: Role

        mutating func run() throws {
            let (service, workspace) = try target.open()
            try service.setRole(
                role, of: service.user(email: email).publicID, in: workspace, by: .local)
            try WorkspaceMembersCommand.show(service, workspace, target.common)
        }
    }

    /// The command `gitdex workspace members remove`.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a membership, with the member's API keys.")

        @OptionGroup var target: Target
        @Argument(help: "The member's address.") var email: String

        mutating func run() throws {
            let (service, workspace) = try target.open()
            try service.removeMember(
                service.user(email: email).publicID, from: workspace, by: .local)
            try WorkspaceMembersCommand.show(service, workspace, target.common)
        }
    }

    private static func show(
        _ service: AccountService, _ workspace: Membership, _ common: GlobalOptions
    ) throws {
        let members = try service.members(of: workspace)
        if common.json {
            try JSONOutput.print(ListDocument(members: members.map(MemberDocument.init)))
            return
        }
        if members.isEmpty { Terminal.print("no members") }
        for member in members {
            let state = member.isDisabled ? " (disabled)" : ""
            Terminal.print("\(Style.bold(member.email)) \(member.role.rawValue)\(state)")
        }
    }
}
