internal import Threads

/// Hears what is sent with NOTIFY, on a connection and a thread of its own, for as long as it lives.
///
/// It reconnects by itself. What was sent in between is lost, and so is what does not fit in the
/// buffer: ``Event/resynchronise`` then says that the rows themselves must be looked at.
public final class Listener: Sendable {
    /// What a listener hears.
    public enum Event: Sendable {
        /// Listening has begun, or messages may have been missed: look at the rows.
        case resynchronise
        /// A message came.
        case notification(Notification)
        /// The connection broke; the listener goes on trying.
        case interrupted(PostgresError)
    }

    /// The events, for one consumer; ends with ``stop()``.
    public let events: AsyncStream<Event>

    private let loop: ListenerLoop
    private let thread = SerialThread(name: "gitdex-listen")

    /// Starts to listen.
    ///
    /// Does not wait for the connection.
    ///
    /// - Parameters:
    ///   - url: A `postgresql://` URL or a libpq connection string.
    ///   - options: How to connect.
    ///   - channels: The channels' names.
    ///   - bufferLimit: How many events may wait for the consumer.
    public init(
        url: String, options: ConnectionOptions = .init(), channels: [String],
        bufferLimit: Int = 1024
    ) {
        let (events, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingOldest(max(bufferLimit, 2)))
        self.events = events
        let loop = ListenerLoop(
            url: url, options: options, channels: channels, continuation: continuation)
        self.loop = loop
        continuation.onTermination = { _ in loop.stop() }
        thread.submit { loop.run() }
        thread.stop()
    }

    deinit {
        loop.stop()
    }

    /// Ends listening and the stream of events.
    public func stop() {
        loop.stop()
    }
}
