/// What a repository's hooks are and have done.
public struct HookStatus: Sendable, Hashable {
    /// What stands in the place of one hook.
    public enum Place: String, Sendable {
        /// Nothing.
        case absent
        /// Our hook, as this version writes it.
        case installed
        /// Our hook, as another version wrote it or for another program.
        case outdated
        /// Somebody else's hook, which does not start the index.
        case foreign
    }

    /// One hook.
    public struct Hook: Sendable, Hashable {
        /// Its name.
        public let name: HookName
        /// What stands in its place.
        public let place: Place
        /// Whether an earlier hook is kept beside it and run first.
        public let hasEarlierHook: Bool
    }

    /// Where the hooks are.
    public let hooksDirectory: String
    /// The hooks.
    public let hooks: [Hook]
    /// Whether this repository wants its hooks to index it.
    public let isEnabled: Bool
    /// The program that the hooks start, or nil when no hook of ours stands there.
    public let executable: String?
    /// Whether that program is there.
    public let isExecutableThere: Bool
    /// The process that is indexing now, if one is.
    public let runningProcess: Int?
    /// The branches that wait for their turn; nil for a detached HEAD.
    public let waiting: [String?]
    /// The last runs, oldest first.
    public let lastRuns: [HookLogEntry]
    /// The file that holds the log.
    public let logFile: String

    /// Whether every hook of ours is in place and does its work.
    public var isComplete: Bool {
        isEnabled && isExecutableThere && hooks.allSatisfy { $0.place == .installed }
    }
}
