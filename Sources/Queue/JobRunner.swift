public import Logging
public import Postgres
internal import Synchronization

/// Runs the queue's jobs, a number of them at once, until it is stopped.
///
/// It hears of new jobs by NOTIFY and looks by itself as well. Every job of a kind without a handler
/// fails at once and loudly: it would otherwise wait for ever unseen.
public final class JobRunner: Sendable {
    private struct State {
        var hasStarted = false
        var isEnding = false
    }

    /// How long the end of jobs is waited for that are being given back, committed or written down:
    /// two seconds for each.
    private static let settlingTime = Duration.seconds(2)
    private static let settlingChecks = 200
    private static let settlingCheckPause = Duration.milliseconds(10)

    private let url: String
    private let options: ConnectionOptions
    private let configuration: JobRunnerConfiguration
    private let slots: [JobSlot]
    private let keeper: LeaseKeeper
    private let running: RunningJobs
    private let wake = WakeUp()
    /// Open once no more jobs are taken.
    private let stopping = WakeUp()
    /// Open once every job has ended or was given back.
    private let settled = WakeUp()
    private let state = Mutex(State())

    /// Makes a runner; connects nothing yet.
    ///
    /// It uses one connection for each slot and two besides.
    ///
    /// - Parameters:
    ///   - url: A `postgresql://` URL or a libpq connection string.
    ///   - options: How to connect.
    ///   - configuration: How to work.
    ///   - handlers: What does the jobs, one for each kind; of two for one kind the last counts.
    ///   - logger: Where it reports to.
    public init(
        url: String, options: ConnectionOptions = .init(), configuration: JobRunnerConfiguration,
        handlers: [any JobHandler], logger: Logger
    ) {
        self.url = url
        self.options = options
        self.configuration = configuration
        let running = RunningJobs()
        self.running = running
        let (wake, stopping) = (wake, stopping)
        keeper = LeaseKeeper(
            url: url, options: options, lease: configuration.lease, running: running, wake: wake,
            logger: logger)
        let execution = JobExecution(
            handlers: Dictionary(handlers.map { ($0.kind, $0) }) { $1 }, running: running,
            logger: logger)
        slots = (1...configuration.slots).map { number in
            JobSlot(
                number: number, url: url, options: options, configuration: configuration,
                execution: execution, wake: wake, stopping: stopping, logger: logger)
        }
    }

    /// How many jobs run at the moment.
    public var runningCount: Int { running.all.count }

    /// Whether no more jobs are taken.
    public var isStopping: Bool { stopping.isOpen }

    /// Works until ``stop(within:)`` or until the task is cancelled; once only.
    ///
    /// Returns when every job has ended or was given back. A database that cannot be reached is
    /// waited for.
    public func run() async {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { return await settled.wait(for: nil) }
        await withTaskCancellationHandler {
            await work()
        } onCancel: {
            Task { await self.stop(within: self.configuration.stopTimeout) }
        }
    }

    /// Takes no more jobs, lets those that run go on for a while, and gives back the rest.
    ///
    /// A handler that does not look at ``JobContext/isCancelled`` goes on, but what it does counts
    /// no more.
    ///
    /// - Parameter duration: How long running jobs may go on.
    public func stop(within duration: Duration) async {
        let isFirst = state.withLock { state in
            defer { state.isEnding = true }
            return !state.isEnding
        }
        guard isFirst else { return await settled.wait(for: nil) }
        stopping.open()
        wake.open()
        if state.withLock({ $0.hasStarted }) { await settled.wait(for: duration) }
        await keeper.giveBackAll(within: Self.settlingTime)
        for _ in 1...Self.settlingChecks where running.isSettling || !running.all.isEmpty {
            await settled.wait(for: Self.settlingCheckPause)
        }
        settled.open()
    }

    private func work() async {
        // Tasks of their own, which the cancellation of this one does not reach: the stop is to be
        // orderly.
        let keeping = Task { await keeper.run() }
        let listener = Listener(url: url, options: options, channels: [JobQueue.channel])
        let wake = wake
        let listening = Task { for await _ in listener.events { wake.signal() } }
        let working = Task {
            await withTaskGroup { group in
                for slot in slots { group.addTask { await slot.run() } }
            }
            settled.open()
        }
        await settled.wait(for: nil)
        keeper.stop()
        listener.stop()
        await keeping.value
        await listening.value
        // A slot whose handler does not end is left to itself.
        if running.all.isEmpty { working.cancel() }
    }
}
