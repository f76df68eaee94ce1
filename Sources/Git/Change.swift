/// One difference between two trees.
public enum Change: Hashable, Sendable {
    /// The path is new.
    case added(TreeEntry)
    /// The path is gone.
    case deleted(TreeEntry)
    /// The path stayed; its content, mode or type changed.
    case modified(old: TreeEntry, new: TreeEntry)
    /// The file moved to another path; its content is the same or similar.
    case renamed(old: TreeEntry, new: TreeEntry)

    /// What was there before, or `nil` for a new path.
    public var old: TreeEntry? {
        switch self {
        case .added: nil
        case .deleted(let entry): entry
        case .modified(let old, _), .renamed(let old, _): old
        }
    }

    /// What is there now, or `nil` for a deleted path.
    public var new: TreeEntry? {
        switch self {
        case .deleted: nil
        case .added(let entry): entry
        case .modified(_, let new), .renamed(_, let new): new
        }
    }
}
