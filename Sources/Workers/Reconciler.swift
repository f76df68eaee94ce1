import Logging
import Metrics
public import Postgres
import Queue
import Storage
import Synchronization
import Threads

/// Sees to it that every remote is compared with the index now and then, because a provider does not
/// deliver again what was lost.
///
/// A pass asks the database which repositories were not compared for the longest time and queues a
/// job for each, a limited number at a time. What the comparison then costs is one listing of refs.
public final class Reconciler: Sendable {
    /// How often what is done.
    public struct Configuration: Sendable {
        /// After how long a remote is compared again; a repository's own interval counts instead.
        public var interval = Duration.seconds(300)
        /// The time between two passes, on average.
        public var pause = Duration.seconds(15)
        /// How many repositories one pass queues at most.
        public var batch = 100
        /// How often what is not needed any more is collected.
        public var collectionInterval = Duration.seconds(86_400)
        /// Whether issues and the like are looked after as well.
        public var synchronises = true

        /// Makes the usual configuration.
        public init() {}
    }

    private struct State {
        var beganMilliseconds = MonotonicClock.milliseconds()
        /// When each repository was queued last.
        var asked: [Int: Int] = [:]
        var caredForMilliseconds: Int?
        var gauges: Set<[String]> = []
    }

    private let configuration: Configuration
    private let mirrors: MirrorCache?
    private let connect: @Sendable () throws -> Connection
    private let state = Mutex(State())
    private let logger = Logger(label: "gitdex.reconciler")

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - configuration: How often what is done.
    ///   - mirrors: The mirrors of this host, of which those of disconnected repositories are
    ///     removed.
    ///   - connect: Opens a connection.
    public init(
        configuration: Configuration = Configuration(), mirrors: MirrorCache? = nil,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.configuration = configuration
        self.mirrors = mirrors
        self.connect = connect
    }

    /// Works until the task is cancelled: a pass at once, then one after each pause.
    public func run() async {
        let thread = SerialThread(name: "gitdex-reconcile")
        defer { thread.stop() }
        while !Task.isCancelled {
            do {
                // A connection of its own for each pass costs less than one that idles.
                let count = try await thread.run { try self.pass(on: self.connect()) }
                if count > 0 {
                    logger.debug("repositories queued", metadata: ["count": "\(count)"])
                }
            } catch {
                logger.warning("no repository could be queued", error: error)
            }
            // By chance, so that many workers do not come at one moment.
            try? await Task.sleep(for: configuration.pause * Double.random(in: 0.5...1.5))
        }
    }

    /// Queues the repositories that are due, those first that were compared longest ago.
    ///
    /// - Parameter connection: A connection of the calling thread.
    /// - Returns: How many were queued.
    /// - Throws: What the database said.
    @discardableResult
    public func pass(on connection: Connection) throws -> Int {
        let queue = JobQueue(connection: connection)
        let unfinished = try unfinished(queue)
        let now = MonotonicClock.milliseconds()
        let interval = configuration.interval.milliseconds
        let (asked, began) = state.withLock { state in
            state.asked = state.asked.filter { now - $0.value < interval }
            return (state.asked, state.beganMilliseconds)
        }
        // What was compared before this process began may have missed what came since.
        let age = min(interval, max(now - began, 0)) / 1000
        let due = try RemoteStore(connection: connection).dueForReconciliation(
            limit: configuration.batch + unfinished.count + asked.count, olderThan: age
        ).filter { asked[$0.id] == nil && !unfinished.contains(Self.key($0)) }
            .prefix(configuration.batch)
        try queue.enqueue(
            due.map { repository in
                var request = JobRequest.repository(repository.id)
                request.priority = Self.priority
                return (repository.workspace, request)
            })
        state.withLock { state in
            for repository in due { state.asked[repository.id] = now }
        }
        if configuration.synchronises {
            _ = try SyncSchedule.pass(on: queue, priority: Self.priority)
        }
        try careFor(queue, now)
        try measure(queue)
        return due.count
    }

    /// After pushes, and after the refs that a comparison found.
    private static let priority = 200

    private static func key(_ repository: RemoteRepository) -> String {
        "\(repository.workspace) \(repository.id)"
    }

    /// The repositories whose comparison waits or runs: asking again would end its back-off.
    private func unfinished(_ queue: JobQueue) throws -> Set<String> {
        var keys: Set<String> = []
        for state in [JobState.waiting, .running] {
            var before: Int?
            for _ in 0..<Self.pageLimit {
                let jobs = try queue.list(
                    state: state, kind: JobKinds.repository, before: before,
                    limit: JobQueue.listLimit)
                keys.formUnion(jobs.map { "\($0.workspace) \($0.uniqueKey)" })
                guard jobs.count == JobQueue.listLimit, let last = jobs.last else { break }
                before = last.id
            }
        }
        return keys
    }

    private static let pageLimit = 20

    /// Has all workspaces collected and old rows forgotten, once in the interval however many workers
    /// ask for it.
    private func careFor(_ queue: JobQueue, _ now: Int) throws {
        let isDue = state.withLock { state in
            if let last = state.caredForMilliseconds, now - last < Self.careMilliseconds {
                return false
            }
            state.caredForMilliseconds = now
            return true
        }
        guard isDue else { return }
        func request(_ kind: String) -> JobRequest {
            var request = JobRequest(kind: kind, uniqueKey: "")
            request.priority = Self.priority
            request.delay = configuration.collectionInterval
            request.maximumDelay = configuration.collectionInterval
            return request
        }
        var last: Int?
        while true {
            let workspaces = try RemoteStore(connection: queue.connection)
                .workspaces(after: last, limit: Self.workspacePage)
            var requests = workspaces.map { ($0, request(JobKinds.collect)) }
            // One for all of them, in the first.
            if last == nil, let first = workspaces.first {
                requests.append((first, request(JobKinds.prune)))
            }
            try queue.enqueue(requests)
            guard workspaces.count == Self.workspacePage else { break }
            last = workspaces.last
        }
        try mirrors?.removeDisconnected(on: queue.connection)
    }

    private static let workspacePage = 1_000

    private static let careMilliseconds = 3_600_000

    /// Shows what is in the queue.
    private func measure(_ queue: JobQueue) throws {
        let counts = try queue.counts()
        var shown: Set<[String]> = []
        for count in counts {
            let labels = [count.kind, count.state.rawValue]
            shown.insert(labels)
            show(labels, count.count, count.oldestSeconds)
        }
        let gone = state.withLock { state in
            defer { state.gauges = shown }
            return state.gauges.subtracting(shown)
        }
        for labels in gone { show(labels, 0, 0) }
    }

    private func show(_ labels: [String], _ count: Int, _ oldestSeconds: Double) {
        let dimensions = Array(zip(["kind", "state"], labels))
        Gauge(label: WorkerMetrics.queuedJobs, dimensions: dimensions).record(count)
        Gauge(label: WorkerMetrics.oldestSeconds, dimensions: dimensions).record(oldestSeconds)
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(self / .milliseconds(1))
    }
}
