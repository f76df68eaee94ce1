internal import NIOCore
internal import Synchronization

/// Work, and who waits for it no longer than until it is called off.
final class DeadlineRace<R: Sendable>: Sendable {
    /// Why work is called off.
    enum Reason { case time, client }

    private struct State {
        var continuation: CheckedContinuation<R, any Error>?
        var task: Task<Void, Never>?
        var reason: Reason?
        var isAnswered = false
    }

    private let state = Mutex(State())
    private let eventLoop: any EventLoop
    private let late: Problem

    /// Makes a race.
    ///
    /// - Parameters:
    ///   - eventLoop: What keeps the time.
    ///   - late: What is thrown when the time was over.
    init(on eventLoop: any EventLoop, late: Problem) {
        self.eventLoop = eventLoop
        self.late = late
    }

    /// Runs the work; called once.
    func run(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.continuation = continuation }
            let task = Task {
                do {
                    answer(.success(try await body()))
                } catch {
                    answer(.failure(error))
                }
            }
            let isCalledOff = state.withLock { state in
                state.task = task
                return state.reason != nil
            }
            if isCalledOff { task.cancel() }
        }
    }

    /// Cancels the work, and lets nobody wait for it much longer; the first reason counts.
    func callOff(_ reason: Reason) {
        let (isFirst, task) = state.withLock { state in
            guard state.reason == nil, !state.isAnswered else { return (false, state.task) }
            state.reason = reason
            return (true, state.task)
        }
        guard isFirst else { return }
        task?.cancel()
        eventLoop.scheduleTask(in: TimeAmount(Deadline.grace)) {
            self.answer(.failure(CancellationError()))
        }
    }

    private func answer(_ result: Result<R, any Error>) {
        let (continuation, isLate) = state.withLock { state in
            defer {
                state.isAnswered = true
                state.continuation = nil
                state.task = nil
            }
            return (state.isAnswered ? nil : state.continuation, state.reason == .time)
        }
        guard let continuation else { return }
        continuation.resume(with: isLate ? result.flatMapError { _ in .failure(late) } : result)
    }
}
