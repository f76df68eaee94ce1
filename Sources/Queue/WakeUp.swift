internal import Synchronization

/// Lets tasks wait for a signal, or for time to pass.
final class WakeUp: Sendable {
    private struct State {
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var nextWaiter = 0
        var isPending = false
        var isOpen = false
    }

    private let state = Mutex(State())

    /// Wakes the task that waits the longest, or the next that would wait.
    func signal() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiters.isEmpty {
                state.isPending = true
                return nil
            }
            return state.waiters.removeFirst().continuation
        }
        continuation?.resume()
    }

    /// Wakes all tasks and lets none wait any more.
    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Whether ``open()`` was called.
    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Waits; not ended by the task's cancellation.
    ///
    /// - Parameter duration: How long at most; nil for as long as it takes.
    func wait(for duration: Duration?) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let timer = duration.map { duration in
            Task {
                try? await Task.sleep(for: duration)
                self.release(id)
            }
        }
        defer { timer?.cancel() }
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                if state.isOpen { return false }
                if state.isPending {
                    state.isPending = false
                    return false
                }
                state.waiters.append((id, continuation))
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    private func release(_ id: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume()
    }
}
