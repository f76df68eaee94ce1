/// How a ``JobRunner`` works.
public struct JobRunnerConfiguration: Sendable {
    /// How people recognise the worker, for example host and process; 1 to 180 characters.
    public var worker: String
    /// How many jobs run at once, each on a thread and a connection of its own.
    public var slots: Int
    /// How long a lease holds without a heartbeat, of which three come in that time.
    ///
    /// So long after a worker's death another one takes its jobs.
    public var lease: Duration
    /// How long a slot that found nothing waits at most before it looks again, should a notification
    /// have been lost.
    public var pollInterval: Duration
    /// How long running jobs may go on when the runner's task is cancelled.
    public var stopTimeout: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - worker: How people recognise the worker.
    ///   - slots: How many jobs run at once.
    ///   - lease: How long a lease holds without a heartbeat.
    ///   - pollInterval: How long a slot that found nothing waits at most.
    ///   - stopTimeout: How long running jobs may go on when the task is cancelled.
    public init(
        worker: String, slots: Int = 1, lease: Duration = .seconds(30),
        pollInterval: Duration = .seconds(5), stopTimeout: Duration = .seconds(8)
    ) {
        self.worker = worker
        self.slots = max(slots, 1)
        self.lease = max(lease, .milliseconds(30))
        self.pollInterval = max(pollInterval, .milliseconds(10))
        self.stopTimeout = max(stopTimeout, .zero)
    }
}
