/// What an API key may be used for.
///
/// A key never may more than the user who made it.
public enum Scope: String, Sendable, CaseIterable {
    /// Searching and reading.
    case search
    /// Having repositories indexed, and what the queue does.
    case index
    /// What an administrator does, but for naming owners and deleting the workspace.
    case admin

    /// The most that a key with this scope can do.
    public var role: Role {
        switch self {
        case .search: .reader
        case .index: .member
        case .admin: .admin
        }
    }
}
