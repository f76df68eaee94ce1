public import Postgres

/// What a ``JobHandler`` works with, on the thread it is called on.
public final class JobContext {
    /// A connection of the handler's own while it runs; transactions it leaves open are rolled back.
    public let connection: Connection
    /// What other threads that work for the job may use.
    public let control: JobControl
    private let lease: JobLease

    init(connection: Connection, control: JobControl, lease: JobLease) {
        self.connection = connection
        self.control = control
        self.lease = lease
    }

    /// Whether the job is to end as soon as it can.
    public var isCancelled: Bool { control.isCancelled }

    /// Says how far the job has come.
    ///
    /// - Parameters:
    ///   - done: The steps that are done.
    ///   - total: All steps.
    public func progress(done: Int, total: Int) {
        control.progress(done: done, total: total)
    }

    /// Makes sure that the lease is held, and stays so until the connection's transaction ends.
    ///
    /// Call it in every transaction that commits the job's work, last before COMMIT.
    ///
    /// - Parameter connection: The connection whose transaction it is.
    /// - Throws: ``QueueError`` with code `leaseLost`, or what the database said.
    public func checkLease(on connection: Connection) throws {
        try JobQueue(connection: connection).checkLease(lease)
    }
}
