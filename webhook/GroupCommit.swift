import Synchronization

/// Gathers what many tasks hand in while one batch is under way, and makes the next batch of it.
///
/// One batch runs at a time. A task that comes alone does not wait for others.
final class GroupCommit<Input: Sendable, Output: Sendable>: Sendable {
    /// How much waits at most, and how much goes into one batch.
    struct Limits: Sendable {
        var batchCount = 256
        var batchBytes = 32 << 20
        var waitingCount = 20_000
        var waitingBytes = 256 << 20
    }

    /// Too much waits already.
    struct Overload: Error {}

    private struct Waiting {
        let input: Input
        let sizeBytes: Int
        let continuation: CheckedContinuation<Output, any Error>
    }

    private struct State {
        var waiting: [Waiting] = []
        var waitingBytes = 0
        var isRunning = false
    }

    private let limits: Limits
    private let state = Mutex(State())
    private let body: @Sendable ([Input]) async throws -> [Output]
    private let isShared: @Sendable (any Error) -> Bool

    /// Makes a gatherer.
    ///
    /// - Parameters:
    ///   - limits: How much waits and goes together.
    ///   - isShared: Whether an error would meet each of a batch alone as well. After any other one
    ///     each is tried alone, so that one of them does not spoil the rest.
    ///   - body: Does the work of a batch, in the order of the inputs; all of it or nothing.
    init(
        limits: Limits = Limits(), isShared: @escaping @Sendable (any Error) -> Bool,
        _ body: @escaping @Sendable ([Input]) async throws -> [Output]
    ) {
        self.limits = limits
        self.isShared = isShared
        self.body = body
    }

    /// Hands something in and waits until it is done, also when the task is cancelled meanwhile.
    func submit(_ input: Input, sizeBytes: Int) async throws -> Output {
        try await withCheckedThrowingContinuation { continuation in
            let waiting = Waiting(input: input, sizeBytes: sizeBytes, continuation: continuation)
            let (isAccepted, isFirst) = state.withLock { state in
                guard state.waiting.count < limits.waitingCount,
                    state.waiting.isEmpty || state.waitingBytes + sizeBytes <= limits.waitingBytes
                else { return (false, false) }
                state.waiting.append(waiting)
                state.waitingBytes += sizeBytes
                defer { state.isRunning = true }
                return (true, !state.isRunning)
            }
            if !isAccepted { continuation.resume(throwing: Overload()) }
            if isFirst { Task { await run() } }
        }
    }

    private func run() async {
        while let batch = next() {
            await finish(batch)
        }
    }

    private func next() -> [Waiting]? {
        state.withLock { state in
            var count = 0
            var bytes = 0
            for waiting in state.waiting.prefix(limits.batchCount) {
                if count > 0, bytes + waiting.sizeBytes > limits.batchBytes { break }
                count += 1
                bytes += waiting.sizeBytes
            }
            guard count > 0 else {
                state.isRunning = false
                return nil
            }
            defer {
                state.waiting.removeFirst(count)
                state.waitingBytes -= bytes
            }
            return Array(state.waiting[..<count])
        }
    }

    private func finish(_ batch: [Waiting]) async {
        do {
            let outputs = try await body(batch.map(\.input))
            for (waiting, output) in zip(batch, outputs) {
                waiting.continuation.resume(returning: output)
            }
        } catch {
            if batch.count == 1 || isShared(error) {
                for waiting in batch { waiting.continuation.resume(throwing: error) }
            } else {
                for waiting in batch { await finish([waiting]) }
            }
        }
    }
}
