internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// What a ``Listener``'s thread does.
final class ListenerLoop: Sendable {
    private static let firstPauseMilliseconds = 50
    private static let longestPauseMilliseconds = 5_000

    private let url: String
    private let options: ConnectionOptions
    private let channels: [String]
    private let continuation: AsyncStream<Listener.Event>.Continuation
    /// Closing the writing end wakes the thread; the reading end is closed by the thread.
    private let readingEnd: Int32
    private let writingEnd: Mutex<Int32>

    init(
        url: String, options: ConnectionOptions, channels: [String],
        continuation: AsyncStream<Listener.Event>.Continuation
    ) {
        self.url = url
        self.options = options
        self.channels = channels
        self.continuation = continuation
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) != 0 {
            // Out of descriptors nothing can be waited for; the consumer sees the stream end.
            continuation.finish()
        }
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readingEnd = ends[0]
        writingEnd = Mutex(ends[1])
    }

    /// Wakes and ends the thread; safe to call more than once.
    func stop() {
        writingEnd.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }

    private var isStopped: Bool { writingEnd.withLock { $0 < 0 } }

    /// Listens until stopped.
    func run() {
        defer {
            continuation.finish()
            if readingEnd >= 0 { close(readingEnd) }
        }
        var pause = Self.firstPauseMilliseconds
        while !isStopped {
            do throws(PostgresError) {
                let connection = try connect()
                pause = Self.firstPauseMilliseconds
                try listen(connection)
            } catch {
                continuation.yield(.interrupted(error))
                _ = Poll.wait(readingEnd, for: Int16(POLLIN), milliseconds: pause)
                pause = min(pause * 2, Self.longestPauseMilliseconds)
            }
        }
    }

    private func connect() throws(PostgresError) -> Connection {
        let connection = try Connection(url, options: options)
        for channel in channels { try connection.listen(to: channel) }
        return connection
    }

    private func listen(_ connection: Connection) throws(PostgresError) {
        var hasMissed = true
        while !isStopped {
            if hasMissed { hasMissed = !yield(.resynchronise) }
            while let notification = connection.takeNotification() {
                if !yield(.notification(notification)) { hasMissed = true }
            }
            try connection.waitForInput(or: readingEnd)
        }
    }

    /// Hands an event over; false when the buffer is full.
    private func yield(_ event: Listener.Event) -> Bool {
        if case .dropped = continuation.yield(event) { return false }
        return true
    }
}
