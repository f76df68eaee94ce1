import GitdexTesting
import Logging
import Postgres
import Queue
import Synchronization

/// A queue with runners that look for jobs only when they are told to, unless said otherwise.
final class RunnerFixture: Sendable {
    let base: QueueFixture
    let log = LogMemory()

    init() throws {
        base = try QueueFixture()
    }

    func runner(
        worker: String = "host", slots: Int = 1, lease: Duration = .seconds(30),
        pollInterval: Duration = .seconds(3600), stopTimeout: Duration = .seconds(60),
        _ handler: ClosureHandler
    ) -> JobRunner {
        JobRunner(
            url: base.database.url, options: base.options,
            configuration: JobRunnerConfiguration(
                worker: worker, slots: slots, lease: lease, pollInterval: pollInterval,
                stopTimeout: stopTimeout),
            handlers: [handler], logger: log.logger)
    }

    /// Waits until the database says so; the test's time limit ends it.
    func eventually(_ condition: (JobQueue) throws -> Bool) async throws {
        let queue = try base.queue()
        while try !condition(queue) { await Task.yield() }
    }

    /// Waits until a job stands in a state.
    func reaches(_ state: JobState, _ id: Int) async throws {
        try await eventually { try $0.found(id).state == state }
    }
}

/// Keeps what was logged.
final class LogMemory: Sendable {
    private struct Handler: LogHandler {
        let memory: LogMemory
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            memory.lines.withLock {
                $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])")
            }
        }
    }

    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "queue") { _ in Handler(memory: self) } }
}

/// A gate that blocks handlers and that a test opens.
final class Gate: Sendable {
    private let isOpen = Mutex(false)

    var isOpened: Bool { isOpen.withLock { $0 } }

    func open() { isOpen.withLock { $0 = true } }

    /// Blocks the handler's own thread, on the server, so that nothing spins.
    func pass(_ connection: Connection) throws {
        while !isOpen.withLock({ $0 }) { try connection.query("SELECT pg_sleep(0.002)") }
    }
}
