/// The kinds of jobs that the workers do.
public enum JobKinds {
    /// Brings one ref to where the remote has it; see ``RefJobHandler``.
    public static let ref = "ref"
    /// Compares all refs of a repository; see ``RepositoryJobHandler``.
    public static let repository = "repository"
    /// Reads issues and the like of a repository; see ``SyncJobHandler``.
    public static let sync = "sync"
    /// Drops what no ref needs; see ``CollectJobHandler``.
    public static let collect = "collect"
    /// Forgets what is old; see ``PruneJobHandler``.
    public static let prune = "prune"
}
