/// The ref whose files are the texts of a repository's issues, pull requests and the like.
public enum SyncedRef {
    /// What the names of all such refs begin with; no ref of git does.
    public static let prefix = "synced:"
    /// The ref of what GitHub has.
    public static let name = "synced:github"
}
