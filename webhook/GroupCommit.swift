import Synchronization

/// Gathers what many tasks hand in while one batch is under way, and makes the next batch of it.
///
/// One batch runs at a time. A task that comes alone does not wait for others.
///
/// Each task is answered by its deadline. Who was refused at the deadline, or by the cancellation
/// of his task, is left out of the batch, also of one that runs: a batch seals itself right before
/// it commits, and one of which somebody was answered meanwhile begins anew without him. Only where
/// the commit itself is under way when the time is over does a task learn that nobody knows
/// (``Expired/isUnknown``).
final class GroupCommit<Input: Sendable, Output: Sendable>: Sendable {
    /// How much waits at most, and how much goes into one batch.
    struct Limits: Sendable {
        var batchCount = 256
        var batchBytes = 32 << 20
        var waitingCount = 20_000
        var waitingBytes = 256 << 20
        /// How long a commit that is under way at the deadline may still take.
        var commitTime = Duration.seconds(1)
    }

    /// Too much waits already.
    struct Overload: Error {}

    /// The time was over before there was an outcome.
    struct Expired: Error, CustomStringConvertible {
        /// Whether the commit was under way, so that it may have come to pass.
        let isUnknown: Bool

        var description: String {
            isUnknown
                ? "the database did not say in time whether it committed"
                : "the database did not answer in time"
        }
    }

    /// Somebody of a batch was answered before it committed.
    private struct Abandoned: Error {}

    /// Says that a batch commits next; called as often as its transaction is tried.
    typealias Seal = @Sendable () throws -> Void

    private typealias Batch = [(id: Int, input: Input)]

    private struct Entry {
        let input: Input
        let sizeBytes: Int
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Output, any Error>
        var isSealed = false
    }

    private struct State {
        /// Who has not been answered.
        var entries: [Int: Entry] = [:]
        /// Those of them that are in no batch yet, and perhaps some that were answered.
        var waiting: [Int] = []
        var waitingBytes = 0
        var nextID = 0
        var isRunning = false
        var isWatching = false
    }

    /// How late a deadline may be noticed.
    private static var watchPause: Duration { .milliseconds(100) }

    private let limits: Limits
    private let state = Mutex(State())
    private let body: @Sendable ([Input], @escaping Seal) async throws -> [Output]
    private let isShared: @Sendable (any Error) -> Bool

    /// Makes a gatherer.
    ///
    /// - Parameters:
    ///   - limits: How much waits and goes together.
    ///   - isShared: Whether an error would meet each of a batch alone as well. After any other one
    ///     each is tried alone, so that one of them does not spoil the rest.
    ///   - body: Does the work of a batch, in the order of the inputs; all of it or nothing. What
    ///     writes calls the seal last before it commits, and commits nothing where that throws.
    init(
        limits: Limits = Limits(), isShared: @escaping @Sendable (any Error) -> Bool,
        _ body: @escaping @Sendable ([Input], @escaping Seal) async throws -> [Output]
    ) {
        self.limits = limits
        self.isShared = isShared
        self.body = body
    }

    /// How many are in no batch yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Hands something in and waits until it is done, the deadline passes, or the task is cancelled.
    ///
    /// - Throws: ``Overload``, ``Expired``, `CancellationError`, or what the work throws.
    func submit(
        _ input: Input, sizeBytes: Int, by deadline: ContinuousClock.Instant
    ) async throws -> Output {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(
                    id,
                    Entry(
                        input: input, sizeBytes: sizeBytes, deadline: deadline,
                        continuation: continuation))
                // Cancelled before it could be found.
                if Task.isCancelled { withdraw(id) }
            }
        } onCancel: {
            withdraw(id)
        }
    }

    private func enqueue(_ id: Int, _ entry: Entry) {
        let (isAccepted, isFirst, mustWatch) = state.withLock { state in
            guard state.waiting.count < limits.waitingCount,
                state.waiting.isEmpty
                    || state.waitingBytes + entry.sizeBytes <= limits.waitingBytes
            else { return (false, false, false) }
            state.entries[id] = entry
            state.waiting.append(id)
            state.waitingBytes += entry.sizeBytes
            defer {
                state.isRunning = true
                state.isWatching = true
            }
            return (true, !state.isRunning, !state.isWatching)
        }
        if !isAccepted { entry.continuation.resume(throwing: Overload()) }
        if isFirst { Task { await run() } }
        if mustWatch { Task { await watch() } }
    }

    // MARK: Batches

    private func run() async {
        while let batch = next() {
            await finish(batch)
        }
    }

    private func next() -> Batch? {
        state.withLock { state in
            var batch: Batch = []
            var bytes = 0
            var looked = 0
            for id in state.waiting {
                guard let entry = state.entries[id] else {
                    looked += 1
                    continue
                }
                if batch.count == limits.batchCount { break }
                if !batch.isEmpty, bytes + entry.sizeBytes > limits.batchBytes { break }
                batch.append((id, entry.input))
                bytes += entry.sizeBytes
                looked += 1
            }
            state.waiting.removeFirst(looked)
            state.waitingBytes -= bytes
            if batch.isEmpty { state.isRunning = false }
            return batch.isEmpty ? nil : batch
        }
    }

    private func finish(_ batch: Batch) async {
        let ids = batch.map(\.id)
        do {
            let outputs = try await body(batch.map(\.input)) { try self.seal(ids) }
            for (id, output) in zip(ids, outputs) { answer(id, .success(output)) }
        } catch {
            let rest = state.withLock { state in batch.filter { state.entries[$0.id] != nil } }
            if rest.isEmpty { return }
            if error is Abandoned {
                await finish(rest)
            } else if rest.count == 1 || isShared(error) {
                for (id, _) in rest { answer(id, .failure(error)) }
            } else {
                for one in rest { await finish([one]) }
            }
        }
    }

    /// Lets nobody of a batch be refused from here on, unless somebody was already.
    private func seal(_ ids: [Int]) throws {
        try state.withLock { state in
            guard ids.allSatisfy({ state.entries[$0] != nil }) else { throw Abandoned() }
            for id in ids { state.entries[id]?.isSealed = true }
        }
    }

    private func answer(_ id: Int, _ result: Result<Output, any Error>) {
        let entry = state.withLock { $0.entries.removeValue(forKey: id) }
        entry?.continuation.resume(with: result)
    }

    // MARK: Who is not waited for

    /// Answers one whose task was cancelled; one whose commit is under way waits for its end.
    private func withdraw(_ id: Int) {
        let entry = state.withLock { state -> Entry? in
            guard let entry = state.entries[id], !entry.isSealed else { return nil }
            Self.remove([id], from: &state)
            return entry
        }
        entry?.continuation.resume(throwing: CancellationError())
    }

    /// Answers those whose time is over, until nobody is left.
    private func watch() async {
        while true {
            try? await Task.sleep(for: Self.watchPause)
            let now = ContinuousClock.now
            let (expired, isDone) = state.withLock { state in
                let expired = state.entries.filter { _, entry in
                    now >= entry.deadline + (entry.isSealed ? limits.commitTime : .zero)
                }
                Self.remove(Array(expired.keys), from: &state)
                state.isWatching = !state.entries.isEmpty
                return (expired.values, state.entries.isEmpty)
            }
            for entry in expired {
                entry.continuation.resume(throwing: Expired(isUnknown: entry.isSealed))
            }
            if isDone { return }
        }
    }

    private static func remove(_ ids: [Int], from state: inout State) {
        guard !ids.isEmpty else { return }
        let gone = Set(ids)
        for id in state.waiting where gone.contains(id) {
            state.waitingBytes -= state.entries[id]?.sizeBytes ?? 0
        }
        state.waiting.removeAll { gone.contains($0) }
        for id in ids { state.entries[id] = nil }
    }
}
