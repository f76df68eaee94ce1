public import Postgres

/// A list of a repository's items, as it is read page by page.
public enum SyncedStream: String, Sendable, CaseIterable {
    /// Issues.
    case issues
    /// Pull requests.
    case pulls
    /// Comments on issues and pull requests.
    case comments
    /// Comments on lines of pull requests.
    case reviewComments = "review_comments"
    /// Reviews of pull requests that changed.
    case reviews
    /// Releases.
    case releases
    /// Discussions with their comments.
    case discussions

    /// The kinds of items that it brings.
    public var kinds: [SyncedKind] {
        switch self {
        case .issues: [.issue]
        case .pulls: [.pullRequest]
        case .comments: [.comment]
        case .reviewComments: [.reviewComment]
        case .reviews: [.review]
        case .releases: [.release]
        case .discussions: [.discussion, .discussionComment]
        }
    }
}

/// How far a list has been read.
public struct SyncedStreamRecord: Sendable {
    /// Which list.
    public var stream: SyncedStream
    /// When the present pass began, by the provider's clock; nil between passes.
    public var passStartedAt: Timestamp?
    /// Whether the pass goes through all of the list.
    public var passIsFull = false
    /// The latest change that the pass has seen.
    public var passNewest: Timestamp?
    /// The page that comes next in the pass.
    public var nextPage: String?
    /// What is known completely up to here.
    public var since: Timestamp?
    /// When the last pass through all of it ended.
    public var fullAt: Timestamp?
    /// When the last pass ended, by the database's clock.
    public var completedAt: Timestamp?
    /// Whether a pass ends with what is written down.
    public var endsPass = false
    /// What asks whether ``etagPage`` has changed.
    public var etag: String?
    /// The first page of the last pass.
    public var etagPage: String?
    /// Why it stands still.
    public var problem: String?

    /// Makes the record of a list that was never read.
    ///
    /// - Parameter stream: Which list.
    public init(_ stream: SyncedStream) {
        self.stream = stream
    }
}
