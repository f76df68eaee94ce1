import Dispatch
import Synchronization

/// Holds threads up until it is opened.
final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let opened = DispatchSemaphore(value: 0)
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation

    init() {
        (arrivals, arrived) = AsyncStream.makeStream()
    }

    /// Waits here, unless the gate is open.
    func pass() {
        guard !isOpen.withLock({ $0 }) else { return }
        arrived.yield()
        opened.wait()
        opened.signal()
    }

    /// Waits until a thread stands at the gate.
    func waitForArrival() async {
        for await _ in arrivals { return }
    }

    /// Lets everybody through, from now on.
    func open() {
        isOpen.withLock { $0 = true }
        opened.signal()
    }
}
