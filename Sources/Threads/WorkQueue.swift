#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The closures waiting for a ``SerialThread``.
///
/// `@unchecked Sendable`: every access to `waiting`, `first` and `isClosed` happens while `mutex`
/// is held, and the two C objects live at fixed heap addresses until `deinit`, when nobody else
/// has a reference.
final class WorkQueue: @unchecked Sendable {
    let name: String
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [@Sendable () -> Void] = []
    private var first = 0
    private var isClosed = false

    init(name: String) {
        self.name = name
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        arrived = .allocate(capacity: 1)
        arrived.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrived, nil)
    }

    deinit {
        pthread_cond_destroy(arrived)
        pthread_mutex_destroy(mutex)
        arrived.deallocate()
        mutex.deallocate()
    }

    /// Adds a closure; false when the queue is closed.
    func append(_ closure: @escaping @Sendable () -> Void) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isClosed { return false }
        waiting.append(closure)
        pthread_cond_signal(arrived)
        return true
    }

    /// Accepts nothing more.
    func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isClosed = true
        pthread_cond_signal(arrived)
    }

    /// Waits for the next closure; nil once the queue is closed and empty.
    func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while first == waiting.count {
            if isClosed { return nil }
            pthread_cond_wait(arrived, mutex)
        }
        let closure = waiting[first]
        // What the closure holds must go when it has run, not when the queue is next empty.
        waiting[first] = {}
        first += 1
        if first == waiting.count {
            waiting.removeAll(keepingCapacity: waiting.capacity <= 64)
            first = 0
        }
        return closure
    }
}
