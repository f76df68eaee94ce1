/// The closures waiting for a ``SerialThread``.
final class WorkQueue: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var first = 0
        var isClosed = false
    }

    let name: String
    private let state = Monitor(State())

    init(name: String) {
        self.name = name
    }

    /// Adds a closure; false when the queue is closed.
    func append(_ closure: @escaping @Sendable () -> Void) -> Bool {
        state.change { state in
            if state.isClosed { return false }
            state.waiting.append(closure)
            return true
        }
    }

    /// Accepts nothing more.
    func close() {
        state.change { $0.isClosed = true }
    }

    /// Waits for the next closure; nil once the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        state.wait { state -> (@Sendable () -> Void)?? in
            if state.first == state.waiting.count { return state.isClosed ? .some(nil) : nil }
            let closure = state.waiting[state.first]
            // What the closure holds must go when it has run, not when the queue is next empty.
            state.waiting[state.first] = {}
            state.first += 1
            if state.first == state.waiting.count {
                state.waiting.removeAll(keepingCapacity: state.waiting.capacity <= 64)
                state.first = 0
            }
            return closure
        }
    }
}
