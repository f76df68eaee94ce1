internal import Hummingbird
internal import NIOCore
internal import Postgres
internal import ServiceLifecycle
internal import Storage

/// One client's stream of events.
struct EventStream: Sendable {
    let hub: EventHub
    let pool: Pool
    let workspace: Int
    let after: Int
    /// Whether the client asked for events after one that there is not.
    let isReset: Bool
    let heartbeat: Duration
    /// Whose stream it is.
    let owner: String
    /// How long it may last; nil for as long as both sides like.
    var lifetime: Duration?

    /// An event is held back while an older transaction runs, and nobody says when that ends: so
    /// the rows are looked at this often for some time after each message.
    private static let look = Duration.seconds(1)
    private static let lookingTime = Duration.seconds(60)

    /// Writes until the client goes or the server stops.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        if isReset {
            try await writer.write(
                ByteBuffer(string: "id: \(after)\nevent: reset\ndata: {}\n\n"))
        }
        if let (id, wakes) = hub.wakes(for: owner) {
            let watch = ConnectionWatch.current
            let registration = watch?.onClose { hub.end(id) }
            let end = lifetime.map { ContinuousClock.now + $0 }
            let ticks = Task {
                while end.map({ ContinuousClock.now < $0 }) ?? true {
                    try await Task.sleep(for: Self.look)
                    hub.wake(id)
                }
                hub.end(id)
            }
            defer {
                ticks.cancel()
                hub.end(id)
                if let registration { watch?.forget(registration) }
            }
            try await follow(wakes, id, &writer)
        }
        try await writer.finish(nil)
    }

    private func follow(
        _ wakes: AsyncStream<Void>, _ id: Int, _ writer: inout any ResponseBodyWriter
    ) async throws {
        let hub = hub
        var last = after
        var written = ContinuousClock.now
        var isFirst = true
        try await withGracefulShutdownHandler {
            for await _ in wakes {
                let isQuiet = ContinuousClock.now - written >= heartbeat
                guard isFirst || isQuiet || hub.wasNotified(within: Self.lookingTime) else {
                    continue
                }
                isFirst = false
                let events = try await read(after: last)
                if let newest = events.last {
                    last = newest.id
                    try await writer.write(Self.text(of: events))
                } else if isQuiet {
                    try await writer.write(ByteBuffer(string: ":\n\n"))
                } else {
                    continue
                }
                written = ContinuousClock.now
                // More than fit into one page.
                if events.count == APILimits.eventRows { hub.wake(id) }
            }
        } onGracefulShutdown: {
            hub.end(id)
        }
    }

    private func read(after last: Int) async throws -> [StoredEvent] {
        let workspace = workspace
        return try await pool.withConnection { connection in
            try EventStore(connection: connection).events(
                workspace: workspace, after: last, limit: APILimits.eventRows)
        }
    }

    private static func text(of events: [StoredEvent]) -> ByteBuffer {
        var text = ByteBuffer()
        for event in events {
            text.writeString("id: \(event.id)\nevent: \(event.kind)\n")
            for line in event.payload.split(whereSeparator: \.isNewline) {
                text.writeString("data: \(line)\n")
            }
            text.writeString("\n")
        }
        return text
    }
}
