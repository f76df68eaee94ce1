/// Where a repository's hooks keep their state: `gitdex/` in git's common directory.
struct HookState: Sendable {
    /// The directory of the state.
    let directory: String

    init(commonDirectory: String) {
        directory = commonDirectory + "/gitdex"
    }

    /// There while this repository wants its hooks to index it.
    var enabled: String { directory + "/enabled" }
    /// Held by the process that runs the requests.
    var lock: String { directory + "/lock" }
    /// Requests that wait.
    var pending: String { directory + "/pending" }
    /// The request that runs, or one whose process died.
    var running: String { directory + "/running" }
    /// What happened, one line a run.
    var log: String { directory + "/hook.log" }

    func prepare() throws(HookError) {
        try HookFiles.makeDirectories(pending)
        try HookFiles.makeDirectories(running)
    }
}
