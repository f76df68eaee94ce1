internal import Threads

/// One connection of a ``Pool`` and the thread it lives on.
///
/// `@unchecked Sendable`: `connection` is touched only by closures that run on `thread`, one after
/// another; the reference itself is immutable.
final class PoolSlot: @unchecked Sendable {
    let thread = SerialThread(name: "gitdex-postgres")
    private var connection: Connection?

    /// Runs a closure with the connection; called on the slot's thread.
    func run<R>(
        _ execution: PoolExecution, url: String, options: ConnectionOptions,
        _ body: (Connection) throws -> R
    ) throws -> R {
        let connection = try open(url, options)
        guard execution.begin(connection.cancellation) else { throw CancellationError() }
        defer {
            let wasCancelled = execution.finish()
            tidy(connection, wasCancelled: wasCancelled)
        }
        return try body(connection)
    }

    /// Closes the connection and ends the thread, once it has done what it was given.
    func close() {
        thread.submit { self.connection = nil }
        thread.stop()
    }

    private func open(_ url: String, _ options: ConnectionOptions) throws -> Connection {
        if let connection { return connection }
        let fresh = try Connection(url, options: options)
        connection = fresh
        return fresh
    }

    /// Brings the connection into the state that its next user expects, or drops it.
    private func tidy(_ connection: Connection, wasCancelled: Bool) {
        connection.cancellation.setRefusing(false)
        connection.rollBackIfOpen()
        if wasCancelled {
            // A request that came too late for its statement ends here and not in the next one.
            _ = try? connection.simple("SELECT 1")
            _ = try? connection.simple("SELECT 1")
        }
        if connection.isBroken || connection.transactionStatus != .idle { self.connection = nil }
    }
}
