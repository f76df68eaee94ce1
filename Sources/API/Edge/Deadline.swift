internal import NIOCore
internal import Synchronization

/// Runs work that ends when its time is over or its client has gone.
enum Deadline {
    private enum End { case none, time, client }

    /// Runs work in a task that is cancelled after a while, when the client goes, or when the
    /// calling task is cancelled.
    ///
    /// - Throws: What the work throws; ``Problem`` of kind `timeout` when the time was over.
    static func run<R: Sendable>(
        _ limit: Duration, on eventLoop: any EventLoop, kind: ProblemKind = .timeout,
        _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        let end = Mutex(End.none)
        let task = Task(operation: body)
        let timer = eventLoop.scheduleTask(in: TimeAmount(limit)) {
            end.withLock { if $0 == .none { $0 = .time } }
            task.cancel()
        }
        let watch = ConnectionWatch.current
        let registration = watch?.onClose {
            end.withLock { if $0 == .none { $0 = .client } }
            task.cancel()
        }
        defer {
            timer.cancel()
            if let registration { watch?.forget(registration) }
        }
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            guard end.withLock({ $0 == .time }) else { throw error }
            throw Problem(kind, "it was given \(limit.components.seconds) seconds")
        }
    }
}
