internal import Accounts

/// Who was let in, and as what.
struct Admission: Sendable {
    let principal: Principal
    /// Their part in the workspace that the request names; nil where it names none.
    let membership: Membership?

    /// Whoever asks a server without accounts; its one workspace is theirs.
    static let local = Admission(
        principal: .local,
        membership: Membership(
            workspace: 1, publicID: Workspaces.local, name: Workspaces.local, role: .owner))
}
