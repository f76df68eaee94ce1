internal import Synchronization
internal import Threads

/// One closure that runs in a ``Pool``, as its cancellation sees it.
final class PoolExecution: Sendable {
    /// A request can arrive just before the statement it is meant for, so it is repeated.
    private static let repeatMilliseconds = 20

    private struct State {
        var cancellation: Cancellation?
        var isCancelled = false
        var isFinished = false
    }

    private let state = Mutex(State())

    /// Marks the start; false when it has been cancelled already.
    func begin(_ cancellation: Cancellation) -> Bool {
        state.withLock { state in
            state.cancellation = cancellation
            return !state.isCancelled
        }
    }

    /// Marks the end; no request is under way any more when this returns.
    ///
    /// - Returns: Whether cancelling has been asked for.
    func finish() -> Bool {
        state.withLock { state in
            state.isFinished = true
            return state.isCancelled
        }
    }

    /// Cancels what runs until it ends.
    ///
    /// Does not block.
    func cancel() {
        let isNeeded = state.withLock { state in
            state.isCancelled = true
            guard let cancellation = state.cancellation, !state.isFinished else { return false }
            cancellation.setRefusing(true)
            return true
        }
        guard isNeeded else { return }
        let thread = SerialThread(name: "gitdex-cancel")
        thread.submit {
            while self.requestOnce() {
                MonotonicClock.sleep(milliseconds: Self.repeatMilliseconds)
            }
        }
        thread.stop()
    }

    /// Sends one request; false when there is nothing to cancel any more.
    private func requestOnce() -> Bool {
        state.withLock { state in
            guard !state.isFinished, let cancellation = state.cancellation else { return false }
            cancellation.cancel()
            return true
        }
    }
}
