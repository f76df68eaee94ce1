internal import Synchronization

/// What may be asked and said about a running job, from any thread.
public final class JobControl: Sendable {
    private struct State {
        var isStopping = false
        var isLost = false
        var progress: JobProgress?
        var hasNewProgress = false
    }

    private let state = Mutex(State())

    init() {}

    /// Whether the job is to end as soon as it can: its lease was lost, it was called off, or the
    /// worker stops.
    ///
    /// What the handler then throws does not matter.
    public var isCancelled: Bool { state.withLock { $0.isStopping || $0.isLost } }

    /// Says how far the job has come.
    ///
    /// Costs nothing to speak of: the runner writes it down about twice a second.
    ///
    /// - Parameters:
    ///   - done: The steps that are done.
    ///   - total: All steps.
    public func progress(done: Int, total: Int) {
        state.withLock { state in
            state.progress = JobProgress(done: done, total: total)
            state.hasNewProgress = true
        }
    }

    /// Whether the lease is gone.
    var isLost: Bool { state.withLock { $0.isLost } }

    /// Asks the handler to end because the worker stops.
    func stop() { state.withLock { $0.isStopping = true } }

    /// Notes that the lease is gone.
    func lose() { state.withLock { $0.isLost = true } }

    /// The progress that has not been written down yet.
    func takeProgress() -> JobProgress? {
        state.withLock { state in
            defer { state.hasNewProgress = false }
            return state.hasNewProgress ? state.progress : nil
        }
    }
}
