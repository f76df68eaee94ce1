import Synchronization

/// Ends a request from another thread.
public final class TransferCancellation: Sendable {
    private let state = Atomic(false)

    /// Makes one that has not been used.
    public init() {}

    /// Ends the request, within about a second.
    public func cancel() {
        state.store(true, ordering: .relaxed)
    }

    /// Whether the request is to end.
    public var isCancelled: Bool { state.load(ordering: .relaxed) }
}
