import GitdexTesting
import Postgres
import Testing

@Suite("Notifications")
struct NotificationTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
    }

    @Test("reach a connection that listens, when the sender commits")
    func reachConnection() throws {
        let listener = try database.connect()
        try listener.listen(to: "Strange \"channel")
        try connection.transaction {
            try connection.notify("Strange \"channel", payload: "ä 1")
            #expect(try listener.nextNotification(timeoutMilliseconds: 0) == nil)
        }
        let notification = try listener.nextNotification(timeoutMilliseconds: 30_000)
        #expect(notification?.channel == "Strange \"channel")
        #expect(notification?.payload == "ä 1")
        #expect(notification?.senderProcessID == connection.serverProcessID)
    }

    @Test("are heard again after a reconnect")
    func reconnect() throws {
        let listener = try database.connect()
        try listener.listen(to: "jobs")
        try connection.query(
            "SELECT pg_terminate_backend(\(Int32(listener.serverProcessID)), 10000)")
        try listener.query("SELECT 1")
        try connection.notify("jobs", payload: "2")
        #expect(try listener.nextNotification(timeoutMilliseconds: 30_000)?.payload == "2")
    }

    @Test("come as a stream, which says when some may be missing", .timeLimit(.minutes(1)))
    func stream() async throws {
        let listener = Listener(
            url: database.url, options: .init(applicationName: "ears"), channels: ["a", "b"])
        var events = listener.events.makeAsyncIterator()
        guard case .resynchronise = await events.next() else {
            Issue.record("no start")
            return
        }
        for (channel, payload) in [("a", "1"), ("b", "2"), ("a", "3")] {
            try connection.notify(channel, payload: payload)
            guard case .notification(let notification) = await events.next() else {
                Issue.record("no notification")
                return
            }
            #expect(notification.channel == channel && notification.payload == payload)
        }
        try connection.query(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE application_name = 'ears' AND datname = current_database()
            """)
        guard case .interrupted = await events.next(),
            case .resynchronise = await events.next()
        else {
            Issue.record("no reconnect")
            return
        }
        try connection.notify("b", payload: "4")
        guard case .notification(let notification) = await events.next() else {
            Issue.record("no notification after the reconnect")
            return
        }
        #expect(notification.payload == "4")
        listener.stop()
        while await events.next() != nil {}
    }

    @Test("that do not fit are made up for by looking at the rows", .timeLimit(.minutes(1)))
    func overflow() async throws {
        let listener = Listener(url: database.url, channels: ["a"], bufferLimit: 4)
        var events = listener.events.makeAsyncIterator()
        _ = await events.next()
        try connection.query("SELECT pg_notify('a', n::text) FROM generate_series(1, 100) n")
        // The last one is not heard itself: that something was missed must be.
        var heard = 0
        while case .notification? = await events.next() {
            heard += 1
            try connection.notify("a", payload: "more")
        }
        #expect(heard >= 3)
    }

    @Test("stop being waited for when the server is away")
    func stopWhileAway() async throws {
        let listener = Listener(url: "postgresql://nobody@127.0.0.1:1/none", channels: ["a"])
        var events = listener.events.makeAsyncIterator()
        guard case .interrupted(let error) = await events.next() else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .connectionFailed)
        listener.stop()
        while await events.next() != nil {}
    }
}
