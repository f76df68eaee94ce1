internal import CLibpq
internal import Threads

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension Connection {
    /// Subscribes to a channel; holds after a reconnect.
    ///
    /// - Parameter channel: The channel's name.
    /// - Throws: ``PostgresError``.
    public func listen(to channel: String) throws(PostgresError) {
        try script("LISTEN \(SQL.quoted(channel))")
        channels.insert(channel)
    }

    /// Sends a message to all that listen, when the transaction commits.
    ///
    /// - Parameters:
    ///   - channel: The channel's name.
    ///   - payload: The text, below 8,000 bytes.
    /// - Throws: ``PostgresError``.
    public func notify(_ channel: String, payload: String = "") throws(PostgresError) {
        try query("SELECT pg_notify(\(channel), \(payload))")
    }

    /// Waits for the next message.
    ///
    /// - Parameter timeoutMilliseconds: How long to wait; 0 only looks.
    /// - Returns: The message, or nil when none came in time.
    /// - Throws: ``PostgresError`` with code `connectionLost` when the connection broke.
    public func nextNotification(
        timeoutMilliseconds: Int
    ) throws(PostgresError) -> Notification? {
        let deadline = MonotonicClock.milliseconds() + timeoutMilliseconds
        while true {
            if let notification = takeNotification() { return notification }
            let left = max(deadline - MonotonicClock.milliseconds(), 0)
            let hasInput = Poll.wait(
                PQsocket(handle), for: Int16(POLLIN), milliseconds: left)
            if hasInput {
                guard PQconsumeInput(handle) == 1 else { throw localFailure() }
            } else if left == 0 {
                return nil
            }
        }
    }

    /// Waits until a message may have come or `descriptor` can be read.
    func waitForInput(or descriptor: Int32) throws(PostgresError) {
        var entries = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&entries, 2, -1) > 0, entries[0].revents != 0 else { return }
        guard PQconsumeInput(handle) == 1 else { throw localFailure() }
    }

    /// The next message that has come already.
    func takeNotification() -> Notification? {
        guard let message = PQnotifies(handle) else { return nil }
        defer { PQfreemem(message) }
        return Notification(
            channel: String(cString: message.pointee.relname),
            payload: String(cString: message.pointee.extra),
            senderProcessID: Int(message.pointee.be_pid))
    }
}
