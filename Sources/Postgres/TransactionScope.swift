/// Whose rows a transaction may see.
///
/// A connection without a scope sees no tenant's row.
public enum TransactionScope: Sendable, Equatable {
    /// The rows of one workspace, by its number.
    case workspace(Int)
    /// The rows that the service itself needs across workspaces: jobs, deliveries, accounts.
    case system
    /// What the login itself may do, which is to change tables and indexes where it owns them.
    case owner

    /// The role that sees the rows of the transaction's workspace, and none without one.
    public static let applicationRole = "gitdex_app"
    /// The role that sees the rows of all workspaces, in the tables that the service needs.
    public static let systemRole = "gitdex_system"

    /// The role that the transaction takes.
    var role: String {
        switch self {
        case .workspace: Self.applicationRole
        case .system: Self.systemRole
        case .owner: "none"
        }
    }

    /// The workspace that the policies of the tables compare with; empty for none.
    var workspaceText: String {
        if case .workspace(let number) = self { return String(number) }
        return ""
    }
}
