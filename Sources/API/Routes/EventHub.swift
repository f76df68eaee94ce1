internal import Accounts
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
        var owners: [Int: String] = [:]

        func hasRoom(for owner: String) -> Bool {
            guard !isStopped, waiting.count < APILimits.eventStreams else { return false }
            return owner == Principal.local.actor
                || owners.values.count { $0 == owner } < APILimits.eventStreamsOfOne
        }
    }

    private let url: String
    private let state = Mutex(State())

    init(url: String) {
        self.url = url
    }

    /// Whether one more stream may be opened by somebody.
    func hasRoom(for owner: String) -> Bool { state.withLock { $0.hasRoom(for: owner) } }

    /// Whether the database said something a short while ago.
    func wasNotified(within time: Duration) -> Bool {
        state.withLock { $0.notified.map { ContinuousClock.now - $0 < time } ?? false }
    }

    /// A stream that yields once now, and whenever new events may be there; nil where there are too
    /// many already.
    func wakes(for owner: String) -> (id: Int, stream: AsyncStream<Void>)? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id: Int? = state.withLock { state in
            guard state.hasRoom(for: owner) else { return nil }
            state.next += 1
            state.waiting[state.next] = continuation
            state.owners[state.next] = owner
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
        let continuation = state.withLock { state in
            state.owners[id] = nil
            return state.waiting.removeValue(forKey: id)
        }
        continuation?.finish()
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
