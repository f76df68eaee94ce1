/// The named limits of synchronisation.
enum SyncLimits {
    /// After so long all of a list is read again, so that what was deleted without a word shows.
    static let fullPassSeconds = 86_400
    /// What changed shortly before the latest known change is read again: GitHub's lists do not show
    /// all changes in the order of their times.
    static let overlapSeconds = 60
    /// The comments of one discussion that are read.
    static let discussionCommentPages = 20
    /// Discussions on a page; GitHub counts what a query can bring altogether.
    static let discussionsPerPage = 25
    static let commentsPerPage = 50
}
