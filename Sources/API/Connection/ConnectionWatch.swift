internal import Synchronization

/// Tells whoever works for a client that the client has gone.
final class ConnectionWatch: Sendable {
    /// The watch of the connection that the running task serves.
    @TaskLocal static var current: ConnectionWatch?

    private struct State {
        var isClosed = false
        var next = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Calls a closure when the client goes, or at once where it has gone already.
    ///
    /// - Returns: What ``forget(_:)`` takes.
    func onClose(_ action: @escaping @Sendable () -> Void) -> Int {
        let (id, isClosed) = state.withLock { state in
            state.next += 1
            if !state.isClosed { state.actions[state.next] = action }
            return (state.next, state.isClosed)
        }
        if isClosed { action() }
        return id
    }

    /// Forgets a closure, because its work is done.
    func forget(_ id: Int) {
        state.withLock { $0.actions[id] = nil }
    }

    /// Says that the client has gone.
    func close() {
        let actions = state.withLock { state in
            state.isClosed = true
            defer { state.actions = [:] }
            return Array(state.actions.values)
        }
        for action in actions { action() }
    }
}
