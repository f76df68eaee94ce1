#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// State that several threads share, and that a thread can wait for to change.
///
/// Waiting blocks the thread, so this is for threads of one's own, never for Swift's cooperative
/// ones.
///
/// `@unchecked Sendable`: `state` is only reached while `mutex` is held, and the two C objects live
/// at fixed heap addresses until `deinit`, when nobody else has a reference.
public final class Monitor<State>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    /// Makes a monitor.
    ///
    /// - Parameter state: The state to begin with.
    public init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        changed = .allocate(capacity: 1)
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes whoever waits for it.
    ///
    /// - Parameter body: Gets the state, alone.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func change<R>(_ body: (inout State) throws -> R) rethrows -> R {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// Waits until the state is as wanted.
    ///
    /// - Parameter body: Gets the state, alone; called again after each change until it returns
    ///   something.
    /// - Returns: What `body` returns in the end.
    public func wait<R>(until body: (inout State) -> R?) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            pthread_cond_wait(changed, mutex)
        }
    }
}
