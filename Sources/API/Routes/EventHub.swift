internal import Postgres
internal import Synchronization

/// Wakes the streams of events when the database says that there are new ones.
///
/// One connection listens for all; it is opened with the first stream.
final class EventHub: Sendable {
    private struct State {
        var listener: Listener?
        var isStopped = false
        var notified: ContinuousClock.Instant?
        var next = 0
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let url: String
    private let state = Mutex(State())

    init(url: String) {
        self.url = url
    }

    /// Whether one more stream may be opened.
    var hasRoom: Bool {
        state.withLock { !$0.isStopped && $0.waiting.count < APILimits.eventStreams }
    }

    /// Whether the database said something a short while ago.
    func wasNotified(within time: Duration) -> Bool {
        state.withLock { $0.notified.map { ContinuousClock.now - $0 < time } ?? false }
    }

    /// A stream that yields once now, and whenever new events may be there; nil where there are too
    /// many already.
    func wakes() -> (id: Int, stream: AsyncStream<Void>)? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id: Int? = state.withLock { state in
            guard !state.isStopped, state.waiting.count < APILimits.eventStreams else { return nil }
            state.next += 1
            state.waiting[state.next] = continuation
            return state.next
        }
        guard let id else { return nil }
        continuation.yield()
        listen()
        return (id, stream)
    }

    /// Wakes one stream.
    func wake(_ id: Int) {
        state.withLock { _ = $0.waiting[id]?.yield() }
    }

    /// Ends one stream.
    func end(_ id: Int) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.finish()
    }

    /// Ends all streams and the listening.
    func stop() {
        let (listener, waiting) = state.withLock { state in
            state.isStopped = true
            defer { state.waiting = [:] }
            return (state.listener, Array(state.waiting.values))
        }
        listener?.stop()
        for continuation in waiting { continuation.finish() }
    }

    private func listen() {
        let listener: Listener? = state.withLock { state in
            guard state.listener == nil, !state.isStopped else { return nil }
            let listener = Listener(url: url, channels: ["gitdex_events"])
            state.listener = listener
            return listener
        }
        guard let listener else { return }
        Task {
            for await event in listener.events {
                if case .interrupted = event { continue }
                wakeAll()
            }
        }
    }

    private func wakeAll() {
        let waiting = state.withLock { state in
            state.notified = .now
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.yield() }
    }
}
