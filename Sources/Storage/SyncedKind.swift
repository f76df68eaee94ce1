/// What a synchronised item is.
public enum SyncedKind: String, Sendable, CaseIterable {
    /// An issue.
    case issue
    /// A pull request.
    case pullRequest = "pr"
    /// A comment on an issue or a pull request.
    case comment
    /// A review of a pull request.
    case review
    /// A comment on a line of a pull request.
    case reviewComment = "review_comment"
    /// A release.
    case release
    /// A discussion.
    case discussion
    /// A comment on a discussion.
    case discussionComment = "discussion_comment"

    /// What a search calls it.
    public var searchName: String {
        switch self {
        case .reviewComment, .discussionComment: Self.comment.rawValue
        default: rawValue
        }
    }
}
