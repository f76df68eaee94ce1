/// What a member of a workspace may do, from the least to the most.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Searches and reads.
    case reader
    /// Also has repositories indexed and jobs run again.
    case member
    /// Also connects repositories, invites people and sees the audit log.
    case admin
    /// Also names owners, and deletes the workspace.
    case owner

    /// Orders by what may be done.
    ///
    /// - Parameters:
    ///   - left: One role.
    ///   - right: Another.
    /// - Returns: Whether `left` may do less.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .reader: 0
        case .member: 1
        case .admin: 2
        case .owner: 3
        }
    }
}
