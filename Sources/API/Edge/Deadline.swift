internal import NIOCore

/// Runs work that ends when its time is over or its client has gone.
enum Deadline {
    /// How long work that is called off may take to end; then it is left behind.
    ///
    /// A database that hangs answers no call, and no wish to cancel one. What is left behind holds
    /// its connection, of which there is a limited number, until the database answers or breaks off.
    static let grace = Duration.milliseconds(250)

    /// Runs work in a task that is cancelled after a while, when the client goes, or when the
    /// calling task is cancelled.
    ///
    /// Returns soon after any of these, also where the work does not end.
    ///
    /// - Throws: What the work throws; ``Problem`` of kind `timeout` when the time was over.
    static func run<R: Sendable>(
        _ limit: Duration, on eventLoop: any EventLoop, kind: ProblemKind = .timeout,
        _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        let race = DeadlineRace<R>(
            on: eventLoop, late: Problem(kind, "it was given \(limit.text)"))
        let timer = eventLoop.scheduleTask(in: TimeAmount(limit)) { race.callOff(.time) }
        let watch = ConnectionWatch.current
        let registration = watch?.onClose { race.callOff(.client) }
        defer {
            timer.cancel()
            if let registration { watch?.forget(registration) }
        }
        return try await withTaskCancellationHandler {
            try await race.run(body)
        } onCancel: {
            race.callOff(.client)
        }
    }
}

extension Duration {
    /// The time in seconds, as people read it.
    fileprivate var text: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) seconds" : "\(seconds) seconds"
    }
}
