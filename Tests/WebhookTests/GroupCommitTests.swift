import Synchronization
import Testing

@testable import Webhook

/// What becomes of those who wait for a database that does not answer.
@Suite("Who is refused is not kept", .timeLimit(.minutes(1)))
struct GroupCommitTests {
    /// A store that commits a batch only where its seal allows that.
    private final class Store: Sendable {
        private let state = Mutex(Kept())

        private struct Kept {
            var texts: [String] = []
            var attempts = 0
        }

        var kept: [String] { state.withLock { $0.texts } }

        /// How often a batch was begun.
        var attempts: Int { state.withLock { $0.attempts } }

        func begin() { state.withLock { $0.attempts += 1 } }

        func commit(_ texts: [String]) { state.withLock { $0.texts += texts } }
    }

    private typealias Gatherer = GroupCommit<String, Int>

    private func soon(_ milliseconds: Int) -> ContinuousClock.Instant {
        ContinuousClock.now + .milliseconds(milliseconds)
    }

    private func limits() -> Gatherer.Limits {
        var limits = Gatherer.Limits()
        limits.commitTime = .milliseconds(50)
        return limits
    }

    @Test("the deadline refuses one of a batch, which is then written without it")
    func deadline() async throws {
        let store = Store()
        let gate = Gate()
        let gatherer = Gatherer(limits: limits(), isShared: { _ in true }) { texts, seal in
            store.begin()
            await gate.wait()
            try seal()
            store.commit(texts)
            return texts.map(\.count)
        }
        // Keeps the other two waiting, so that they make one batch.
        async let first = gatherer.submit("first", sizeBytes: 1, by: soon(60_000))
        await gate.waitForArrivals(1)
        async let late = gatherer.submit("late", sizeBytes: 1, by: soon(3_000))
        async let patient = gatherer.submit("patient", sizeBytes: 1, by: soon(60_000))
        while gatherer.waitingCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        gate.letThrough()
        #expect(try await first == 5)
        await gate.waitForArrivals(2)
        do {
            _ = try await late
            Issue.record("it was not refused")
        } catch let error as Gatherer.Expired {
            #expect(!error.isUnknown)
        }
        gate.open()
        #expect(try await patient == 7)
        #expect(store.kept == ["first", "patient"])
        #expect(store.attempts == 3)
    }

    @Test("one that waits behind a batch is refused without having been tried")
    func waiting() async throws {
        let store = Store()
        let gate = Gate()
        let gatherer = Gatherer(limits: limits(), isShared: { _ in true }) { texts, seal in
            store.begin()
            await gate.wait()
            try seal()
            store.commit(texts)
            return texts.map(\.count)
        }
        async let first = gatherer.submit("first", sizeBytes: 1, by: soon(60_000))
        await gate.waitForArrivals(1)
        await #expect(throws: Gatherer.Expired.self) {
            try await gatherer.submit("late", sizeBytes: 1, by: soon(20))
        }
        gate.open()
        #expect(try await first == 5)
        #expect(store.kept == ["first"])
        #expect(store.attempts == 1)
        #expect(gatherer.waitingCount == 0)
    }

    @Test("a commit that is under way at the deadline is said to be unknown")
    func unknown() async throws {
        let store = Store()
        let gate = Gate()
        let gatherer = Gatherer(limits: limits(), isShared: { _ in true }) { texts, seal in
            try seal()
            await gate.wait()
            store.commit(texts)
            return texts.map(\.count)
        }
        do {
            _ = try await gatherer.submit("silent", sizeBytes: 1, by: soon(20))
            Issue.record("it was not refused")
        } catch let error as Gatherer.Expired {
            #expect(error.isUnknown)
        }
        gate.open()
        while store.kept.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("who is cancelled is answered at once, and is not kept")
    func cancelled() async throws {
        let store = Store()
        let gate = Gate()
        let gatherer = Gatherer(limits: limits(), isShared: { _ in true }) { texts, seal in
            store.begin()
            await gate.wait()
            try seal()
            store.commit(texts)
            return texts.map(\.count)
        }
        let deadline = soon(60_000)
        let gone = Task { try await gatherer.submit("gone", sizeBytes: 1, by: deadline) }
        await gate.waitForArrivals(1)
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        gate.open()
        #expect(try await gatherer.submit("next", sizeBytes: 1, by: deadline) == 4)
        #expect(store.kept == ["next"])
    }
}

/// Holds tasks up until they may pass.
private final class Gate: Sendable {
    private typealias Task = CheckedContinuation<Void, Never>

    private struct State {
        var arrivals = 0
        var isOpen = false
        var held: [Task] = []
        var observers: [(count: Int, task: Task)] = []
    }

    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { (task: Task) in
            let (passes, observers) = state.withLock { state in
                state.arrivals += 1
                let seen = state.observers.filter { $0.count <= state.arrivals }
                state.observers.removeAll { $0.count <= state.arrivals }
                if !state.isOpen { state.held.append(task) }
                return (state.isOpen, seen)
            }
            if passes { task.resume() }
            for observer in observers { observer.task.resume() }
        }
    }

    func waitForArrivals(_ count: Int) async {
        await withCheckedContinuation { (task: Task) in
            let isThere = state.withLock { state in
                if state.arrivals < count { state.observers.append((count, task)) }
                return state.arrivals >= count
            }
            if isThere { task.resume() }
        }
    }

    /// Lets those through that are held now.
    func letThrough() {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for task in held { task.resume() }
    }

    func open() {
        state.withLock { $0.isOpen = true }
        letThrough()
    }
}
