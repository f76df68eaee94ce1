internal import Logging
internal import Postgres
internal import Threads

/// Runs a job by its handler and tells the queue how that ended.
struct JobExecution: Sendable {
    /// How often the outcome is tried to be written down before it is left to the lease's end.
    private static let settlingAttempts = 4
    private static let settlingPauseMilliseconds = 250

    let handlers: [String: any JobHandler]
    let running: RunningJobs
    let logger: Logger

    /// Runs a job; blocks until it has ended one way or another.
    func run(_ lease: JobLease, on queue: JobQueue) {
        let job = lease.job
        JobMetrics.recordWait(of: job)
        let control = JobControl()
        running.add(RunningJobs.Entry(lease: lease, control: control))
        let start = ContinuousClock.now
        var failure: (any Error)?
        do {
            guard let handler = handlers[job.kind] else { throw Self.unknownKind(job.kind) }
            let context = JobContext(
                connection: queue.connection, control: control, lease: lease)
            try JobSpan.run(job) { try handler.run(lease, context) }
        } catch {
            failure = error
        }
        let duration = start.duration(to: .now)
        // Nobody else ends it from here on; what was given back meanwhile is not ours any more.
        guard running.beginSettling(lease) else {
            return record(.givenBack, job, duration, failure)
        }
        defer { running.endSettling() }
        let queue = Self.orderly(queue)
        let outcome = settle(lease, control, failure, on: queue)
        record(outcome, job, duration, failure)
    }

    private static func unknownKind(_ kind: String) -> JobFailure {
        JobFailure(
            "this gitdex knows no jobs of kind '\(kind)': upgrade the workers, then retry the job",
            retry: false)
    }

    /// The queue over a session without an open transaction: the handler's is rolled back.
    private static func orderly(_ queue: JobQueue) -> JobQueue {
        if queue.connection.transactionStatus != .idle { try? queue.connection.reconnect() }
        return queue
    }

    /// Writes down how a run ended, again when the database cannot be reached.
    private func settle(
        _ lease: JobLease, _ control: JobControl, _ failure: (any Error)?, on queue: JobQueue
    ) -> JobMetrics.Outcome {
        for attempt in 1...Self.settlingAttempts {
            do {
                return try end(lease, control, failure, on: queue)
            } catch let error as QueueError where error.code == .leaseLost {
                return .lost
            } catch {
                logger.warning(
                    "the end of a job could not be written down",
                    metadata: [
                        "job": .stringConvertible(lease.job.id),
                        "attempt": .stringConvertible(attempt), "error": "\(error)",
                    ])
                MonotonicClock.sleep(milliseconds: Self.settlingPauseMilliseconds * attempt)
            }
        }
        return .lost
    }

    private func end(
        _ lease: JobLease, _ control: JobControl, _ failure: (any Error)?, on queue: JobQueue
    ) throws -> JobMetrics.Outcome {
        guard let failure else {
            try queue.finish(lease)
            return .done
        }
        if control.isLost { return .lost }
        if let error = failure as? QueueError, error.code == .leaseLost { return .lost }
        let known = failure as? JobFailure
        if let postponement = known?.postponement {
            let state = try queue.giveBack(lease, after: postponement, reason: "\(failure)")
            return state == .superseded ? .superseded : .givenBack
        }
        if let pause = known?.pause, !lease.job.scope.isEmpty {
            try queue.pause(workspace: lease.job.workspace, scope: lease.job.scope, for: pause)
        }
        let state = try queue.fail(
            lease, error: "\(failure)", retry: known?.isRetryable ?? true, delay: known?.pause)
        switch state {
        case .failed: return .failed
        case .superseded: return .superseded
        default: return .retried
        }
    }

    private func record(
        _ outcome: JobMetrics.Outcome, _ job: Job, _ duration: Duration, _ failure: (any Error)?
    ) {
        // A kind that nobody knows could be anything, and a metric must not grow without end.
        let kind = handlers[job.kind] == nil ? "unknown" : job.kind
        JobMetrics.record(outcome, kind: kind, duration: duration)
        var metadata: Logger.Metadata = [
            "job": .stringConvertible(job.id), "workspace": .stringConvertible(job.workspace),
            "kind": "\(job.kind)", "attempt": .stringConvertible(job.attempts),
            "outcome": "\(outcome.rawValue)",
            "duration_ms": .stringConvertible(duration.milliseconds),
        ]
        if let failure { metadata["error"] = "\(failure)" }
        switch outcome {
        case .done: logger.info("job done", metadata: metadata)
        case .failed: logger.error("job failed", metadata: metadata)
        case .retried: logger.warning("job failed, to be tried again", metadata: metadata)
        case .superseded, .givenBack, .lost: logger.notice("job left", metadata: metadata)
        }
    }
}
