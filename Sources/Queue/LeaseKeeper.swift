internal import Logging
internal import Postgres
internal import Threads

/// Keeps the leases of a runner's jobs alive, and takes back those of workers that died.
///
/// `@unchecked Sendable`: the mutable properties are touched only by closures that run on `thread`,
/// one after another; the rest is immutable and Sendable.
final class LeaseKeeper: @unchecked Sendable {
    /// How often progress is written down.
    private static let tick = Duration.milliseconds(500)

    private let url: String
    private let options: ConnectionOptions
    private let lease: Duration
    private let running: RunningJobs
    private let wake: WakeUp
    private let logger: Logger
    private let end = WakeUp()
    private let thread = SerialThread(name: "gitdex-leases")
    private var connection: Connection?
    private var lastHeartbeat = Int.min / 2

    init(
        url: String, options: ConnectionOptions, lease: Duration, running: RunningJobs,
        wake: WakeUp, logger: Logger
    ) {
        self.url = url
        self.options = options
        self.lease = lease
        self.running = running
        self.wake = wake
        self.logger = logger
    }

    /// Works until ``stop()``.
    func run() async {
        let interval = min(Self.tick, lease / 6)
        while !end.isOpen {
            do {
                try await thread.run { try self.beat() }
            } catch {
                logger.warning(
                    "the leases could not be renewed; trying again",
                    metadata: ["error": "\(error)"])
            }
            await end.wait(for: interval)
        }
        thread.submit { self.connection = nil }
        thread.stop()
    }

    /// Ends the work.
    func stop() {
        end.open()
    }

    /// Gives back all jobs that run, whose handlers then have lost them.
    ///
    /// Waits for no lock and for no database that keeps silent: a job whose work is being committed
    /// just now counts as running still, and others that could not be given back are taken over
    /// when their lease runs out.
    ///
    /// - Parameter limit: How long it may take.
    func giveBackAll(within limit: Duration) async {
        let entries = running.removeAll()
        guard !entries.isEmpty else { return }
        for entry in entries { entry.control.stop() }
        let end = WakeUp()
        let isAccepted = thread.submit {
            for entry in entries { self.giveBack(entry) }
            end.open()
        }
        if isAccepted { await end.wait(for: limit) }
    }

    /// Gives one job back; on the thread.
    private func giveBack(_ entry: RunningJobs.Entry) {
        do {
            if try queue().giveBackAtOnce(entry.lease) { return }
            // Its slot writes down how it ended.
            running.add(entry)
        } catch {
            logger.warning(
                "a job could not be given back",
                metadata: [
                    "job": .stringConvertible(entry.lease.job.id), "error": "\(error)",
                ])
        }
    }

    /// Renews what is to be renewed; on the thread.
    private func beat() throws {
        let now = MonotonicClock.milliseconds()
        let isDue = now - lastHeartbeat >= (lease / 3).milliseconds
        let entries = running.all
        let beats = entries.map { ($0, $0.control.takeProgress()) }
            .filter { isDue || $0.1 != nil }
        let held = try queue().heartbeat(beats.map { ($0.0.lease, $0.1) })
        for (beat, isHeld) in zip(beats, held) where !isHeld { beat.0.control.lose() }
        guard isDue else { return }
        lastHeartbeat = now
        let rescued = try queue().rescueExpired()
        guard rescued > 0 else { return }
        JobMetrics.recordRescued(rescued)
        logger.warning(
            "took back jobs whose workers stopped reporting",
            metadata: ["jobs": .stringConvertible(rescued)])
        wake.signal()
    }

    private func queue() throws -> JobQueue {
        let connection = try connection ?? Connection(url, options: options)
        self.connection = connection
        return JobQueue(connection: connection)
    }
}
