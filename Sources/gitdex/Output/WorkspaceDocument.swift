import Accounts

/// A workspace, as `workspace --json` prints it.
struct WorkspaceDocument: Encodable {
    let id: String
    let name: String

    init(_ workspace: Membership) {
        id = workspace.publicID
        name = workspace.name
    }
}

/// A member, as `workspace members --json` prints it.
struct MemberDocument: Encodable {
    let id: String
    let email: String
    let role: String
    let disabled: Bool
    let since: String

    init(_ member: Member) {
        id = member.userID
        email = member.email
        role = member.role.rawValue
        disabled = member.isDisabled
        since = member.since.text
    }
}
