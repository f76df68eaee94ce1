internal import Synchronization
internal import Threads

/// Connections shared by many tasks, each with a thread of its own, so that libpq never blocks
/// Swift's cooperative threads.
///
/// Connections are opened when needed and kept. A broken one is replaced. Tasks that find none free
/// wait in order.
public final class Pool: Sendable {
    /// More tasks than this may not wait.
    private static let waiterLimit = 10_000

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<PoolSlot, any Error>
    }

    private struct State {
        var idle: [PoolSlot] = []
        var slotCount = 0
        var waiters: [Waiter] = []
        var nextWaiter = 0
        var isShutDown = false
    }

    private let url: String
    private let options: ConnectionOptions
    private let limit: Int
    private let onAcquire: (@Sendable (Duration) -> Void)?
    private let state = Mutex(State())

    /// Makes a pool; connects nothing yet.
    ///
    /// - Parameters:
    ///   - url: A `postgresql://` URL or a libpq connection string.
    ///   - options: How to connect.
    ///   - limit: How many connections may be open at once; at least 1.
    ///   - onAcquire: Told each time how long a task waited for its connection.
    public init(
        url: String, options: ConnectionOptions = .init(), limit: Int = 8,
        onAcquire: (@Sendable (Duration) -> Void)? = nil
    ) {
        self.url = url
        self.options = options
        self.limit = max(limit, 1)
        self.onAcquire = onAcquire
    }

    /// How busy the pool is at this moment.
    public var usage: PoolUsage {
        state.withLock { state in
            PoolUsage(
                inUse: state.slotCount - state.idle.count, idle: state.idle.count,
                waiting: state.waiters.count, limit: limit)
        }
    }

    /// Runs a closure with a connection, on that connection's thread.
    ///
    /// When the calling task is cancelled, the running statement is cancelled on the server, and
    /// the closure's next statement fails. A transaction that the closure leaves open is rolled
    /// back.
    ///
    /// - Parameter body: What to do; may block.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, ``PostgresError``, or `CancellationError`.
    @discardableResult
    public func withConnection<R: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> R
    ) async throws -> R {
        let slot = try await measuringWait { try await acquire() }
        defer { release(slot) }
        let execution = PoolExecution()
        let (url, options) = (url, options)
        do {
            return try await withTaskCancellationHandler {
                try await slot.thread.run {
                    try slot.run(execution, url: url, options: options, body)
                }
            } onCancel: {
                execution.cancel()
            }
        } catch let error as PostgresError where error.code == .cancelled && Task.isCancelled {
            throw CancellationError()
        }
    }

    /// Runs a closure in a transaction, again after serialisation failures, deadlocks and
    /// connections lost before COMMIT.
    ///
    /// - Parameters:
    ///   - isolation: How much of other transactions' work is seen.
    ///   - isReadOnly: Whether writing is refused.
    ///   - attempts: How often `body` may run.
    ///   - body: What to do; must be repeatable.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, ``PostgresError``, or `CancellationError`.
    @discardableResult
    public func withTransaction<R: Sendable>(
        _ isolation: Isolation = .readCommitted, isReadOnly: Bool = false, attempts: Int = 6,
        _ body: @escaping @Sendable (Connection) throws -> R
    ) async throws -> R {
        try await withConnection { connection in
            try connection.transaction(isolation, isReadOnly: isReadOnly, attempts: attempts) {
                try body(connection)
            }
        }
    }

    /// Closes what is idle at once, and the rest when its work is done.
    ///
    /// Waiting tasks fail.
    public func shutdown() {
        let (idle, waiters) = state.withLock { state in
            state.isShutDown = true
            defer {
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters)
        }
        for slot in idle { slot.close() }
        for waiter in waiters { waiter.continuation.resume(throwing: Self.shutDownError) }
    }

    private static let shutDownError = PostgresError(
        .shutDown, message: "the connection pool has been shut down")

    private func measuringWait(
        _ body: () async throws -> PoolSlot
    ) async throws -> PoolSlot {
        guard let onAcquire else { return try await body() }
        let start = ContinuousClock.now
        let slot = try await body()
        onAcquire(.now - start)
        return slot
    }

    private func acquire() async throws -> PoolSlot {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Waiter(id: id, continuation: continuation))
                // Cancelled before it could be found among the waiters.
                if Task.isCancelled { abandon(id) }
            }
        } onCancel: {
            abandon(id)
        }
    }

    private func enqueue(_ waiter: Waiter) {
        let outcome: Result<PoolSlot, PostgresError>? = state.withLock { state in
            if state.isShutDown { return .failure(Self.shutDownError) }
            if let slot = state.idle.popLast() { return .success(slot) }
            if state.slotCount < limit {
                state.slotCount += 1
                return .success(PoolSlot())
            }
            guard state.waiters.count < Self.waiterLimit else {
                return .failure(
                    PostgresError(
                        .tooManyConnections,
                        message: "\(Self.waiterLimit) tasks already wait for a connection",
                        remedy: "send fewer requests at once or raise the pool's limit"))
            }
            state.waiters.append(waiter)
            return nil
        }
        if let outcome { waiter.continuation.resume(with: outcome.mapError { $0 as any Error }) }
    }

    private func abandon(_ id: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    private func release(_ slot: PoolSlot) {
        let (waiter, isSurplus): (Waiter?, Bool) = state.withLock { state in
            if state.isShutDown { return (nil, true) }
            if !state.waiters.isEmpty { return (state.waiters.removeFirst(), false) }
            state.idle.append(slot)
            return (nil, false)
        }
        waiter?.continuation.resume(returning: slot)
        if isSurplus { slot.close() }
    }
}
