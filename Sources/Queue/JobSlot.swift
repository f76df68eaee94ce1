internal import Logging
internal import Postgres
internal import Threads

/// Runs jobs one after another, on a thread and a connection of its own.
///
/// `@unchecked Sendable`: `queue` is touched only by closures that run on `thread`, one after
/// another; the rest is immutable and Sendable.
final class JobSlot: @unchecked Sendable {
    /// How long a slot waits that could not reach the database.
    private static let unreachablePause = Duration.seconds(1)

    private let url: String
    private let options: ConnectionOptions
    private let configuration: JobRunnerConfiguration
    private let worker: String
    private let execution: JobExecution
    private let wake: WakeUp
    private let stopping: WakeUp
    private let logger: Logger
    private let thread: SerialThread
    private var queue: JobQueue?

    init(
        number: Int, url: String, options: ConnectionOptions,
        configuration: JobRunnerConfiguration, execution: JobExecution, wake: WakeUp,
        stopping: WakeUp, logger: Logger
    ) {
        self.url = url
        self.options = options
        self.configuration = configuration
        worker = "\(configuration.worker) \(number)"
        self.execution = execution
        self.wake = wake
        self.stopping = stopping
        self.logger = logger
        thread = SerialThread(name: "gitdex-job-\(number)")
    }

    /// Works until the runner stops.
    func run() async {
        while !stopping.isOpen {
            let pause: Duration
            do {
                let due = try await thread.run { try self.drain() }
                pause = min(due ?? configuration.pollInterval, configuration.pollInterval)
            } catch {
                logger.warning(
                    "no job could be taken; trying again", metadata: ["error": "\(error)"])
                pause = Self.unreachablePause
            }
            if !stopping.isOpen { await wake.wait(for: pause) }
        }
        thread.submit { self.queue = nil }
        thread.stop()
    }

    /// Runs jobs until none can run; on the thread.
    ///
    /// - Returns: How long it is until the next falls due.
    private func drain() throws -> Duration? {
        while !stopping.isOpen {
            let queue = try openQueue()
            guard let lease = try queue.take(worker: worker, lease: configuration.lease) else {
                return try queue.timeUntilNextDue()
            }
            // Where one job was, another may be: the next slot looks.
            wake.signal()
            execution.run(lease, on: queue)
            // A handler that left the session in disorder takes it with it.
            if queue.connection.transactionStatus != .idle { self.queue = nil }
        }
        return nil
    }

    private func openQueue() throws -> JobQueue {
        if let queue { return queue }
        let fresh = JobQueue(connection: try Connection(url, options: options))
        queue = fresh
        return fresh
    }
}
