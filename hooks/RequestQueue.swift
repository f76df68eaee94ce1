/// The requests of a repository, as files, so that none is lost when a process dies.
///
/// A newer request for the same branch replaces the waiting one. The runner claims a request by
/// moving its file, which is atomic: a request made meanwhile waits in a file of its own.
struct RequestQueue: Sendable {
    let state: HookState

    func add(_ request: HookRequest) throws(HookError) {
        try HookFiles.replace(state.pending + "/" + request.fileName, with: request.fileContents)
    }

    var isEmpty: Bool { waitingNames.isEmpty }

    /// The requests that wait.
    var waiting: [HookRequest] { waitingNames.compactMap { request(in: state.pending, $0) } }

    /// Takes the newest waiting request, which the lock's holder alone may do.
    func claim() throws(HookError) -> HookRequest? {
        let newestFirst = waitingNames.sorted { modified($0) > modified($1) }
        for name in newestFirst {
            try HookFiles.move(state.pending + "/" + name, to: state.running + "/" + name)
            if let request = request(in: state.running, name) { return request }
            try HookFiles.remove(state.running + "/" + name)
        }
        return nil
    }

    /// Requests whose process died before it was done; only the lock's holder can tell.
    func interrupted() -> [HookRequest] {
        HookFiles.names(in: state.running).compactMap { request(in: state.running, $0) }
    }

    func finish(_ request: HookRequest) throws(HookError) {
        try HookFiles.remove(state.running + "/" + request.fileName)
    }

    /// Names under `pending`, without files that are still being written.
    private var waitingNames: [String] {
        HookFiles.names(in: state.pending).filter { !$0.hasSuffix(".new") }
    }

    private func modified(_ name: String) -> Int64 {
        HookFiles.modified(state.pending + "/" + name) ?? 0
    }

    private func request(in directory: String, _ name: String) -> HookRequest? {
        HookFiles.contents(of: directory + "/" + name).flatMap {
            HookRequest(fileContents: $0)
        }
    }
}
