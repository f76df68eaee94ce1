/// Runs the requests of a repository's hooks, one at a time, the newest first.
///
/// Protocol: a request is written to a file, then the lock is tried. Whoever gets the lock runs
/// requests until none waits, gives the lock back and looks once more; whoever does not get it
/// leaves, because the holder must still look after giving the lock back. So no request is lost
/// between the two, and no process waits.
public struct HookRunner: Sendable {
    /// What became of a request.
    public enum Outcome: Sendable, Hashable {
        /// This process ran this many requests.
        case ran(Int)
        /// The process that runs already takes the request along.
        case handedOver
    }

    /// How long a run waits for a rebase to end before it leaves the work to the next hook.
    static let rebasePatience: Duration = .seconds(5)
    private static let rebaseInterval: Duration = .milliseconds(20)

    private let state: HookState
    private let queue: RequestQueue
    private let log: HookLog
    private let rebasePatience: Duration

    /// Makes the runner of one repository.
    ///
    /// - Parameter commonDirectory: What all working trees of the repository share; absolute.
    public init(commonDirectory: String) {
        self.init(commonDirectory: commonDirectory, rebasePatience: Self.rebasePatience)
    }

    init(commonDirectory: String, rebasePatience: Duration) {
        state = HookState(commonDirectory: commonDirectory)
        queue = RequestQueue(state: state)
        log = HookLog(path: state.log)
        self.rebasePatience = rebasePatience
    }

    /// Accepts a request and runs what waits, unless another process is at it.
    ///
    /// A failing run is logged and does not stop the others.
    ///
    /// - Parameters:
    ///   - request: What a hook asked for.
    ///   - perform: Brings the index to a request's branch and returns a short summary.
    /// - Returns: Whether this process ran requests or left this one to another.
    /// - Throws: ``HookError`` when the state directory cannot be written.
    public func submit(
        _ request: HookRequest,
        perform: (HookRequest) async throws -> String
    ) async throws(HookError) -> Outcome {
        try state.prepare()
        try queue.add(request)
        var runs = 0
        var hasRun = false
        while !queue.isEmpty {
            guard let lock = try RunLock.acquire(state.lock) else { break }
            hasRun = true
            runs += try await drain(perform)
            lock.release()
        }
        return hasRun ? .ran(runs) : .handedOver
    }

    private func drain(
        _ perform: (HookRequest) async throws -> String
    ) async throws(HookError) -> Int {
        let interrupted = queue.interrupted()
        var finished: Set<String> = []
        var runs = 0
        while let request = try queue.claim() {
            try await run(request, perform)
            finished.insert(request.fileName)
            runs += 1
        }
        // Last, so that a request whose run kills its process keeps no other from its turn, and
        // only once more: the branch's next hook asks again anyway.
        for request in interrupted where !finished.contains(request.fileName) {
            try queue.finish(request)
            try await run(request, perform)
            runs += 1
        }
        return runs
    }

    private func run(
        _ request: HookRequest, _ perform: (HookRequest) async throws -> String
    ) async throws(HookError) {
        let clock = ContinuousClock()
        let start = clock.now
        var outcome = HookLogEntry.Outcome.done
        var message: String
        if await isHeldUpByRebase(request) {
            outcome = .deferred
            message = "a rebase is going on: the hook at its end asks again"
        } else {
            do {
                message = try await perform(request)
            } catch {
                outcome = .failed
                message = "\(error)"
            }
        }
        let (seconds, attoseconds) = (clock.now - start).components
        try log.append(
            HookLogEntry(
                time: HookLog.now(), hook: request.hook, reference: request.reference,
                outcome: outcome,
                durationMilliseconds: Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000),
                message: message))
        try queue.finish(request)
    }

    /// Waits a while for a rebase to end, because its steps are of no use to anybody: HEAD is
    /// detached until git puts it back on the branch, which no hook tells for every kind of rebase.
    private func isHeldUpByRebase(_ request: HookRequest) async -> Bool {
        guard request.reference == nil else { return false }
        let clock = ContinuousClock()
        let end = clock.now + rebasePatience
        while isRebasing(request) {
            if clock.now >= end { return true }
            try? await clock.sleep(for: Self.rebaseInterval)
        }
        return false
    }

    private func isRebasing(_ request: HookRequest) -> Bool {
        HookFiles.exists(request.gitDirectory + "/rebase-merge")
            || HookFiles.exists(request.gitDirectory + "/rebase-apply")
    }
}
