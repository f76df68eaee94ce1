#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One operating system thread that runs closures one after another, in the order they came.
///
/// Blocking C calls run here, never on Swift's cooperative threads. The thread ends when ``stop()``
/// is called or when the last reference goes; what was accepted before still runs.
public final class SerialThread: Sendable {
    /// Room for deep C recursion, the same on every platform.
    private static let stackSizeBytes = 8 << 20

    private let work: WorkQueue

    /// Starts a thread.
    ///
    /// - Parameter name: What debuggers and `top` show; cut at 15 bytes by Linux.
    public init(name: String) {
        work = WorkQueue(name: name)
        Self.start(work)
    }

    deinit {
        work.close()
    }

    /// Runs a closure on the thread and waits for it without blocking the caller's thread.
    ///
    /// - Parameter body: What to run. It is not interrupted when the waiting task is cancelled.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw, or ``SerialThreadError`` after ``stop()``.
    public func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let accepted = work.append {
                continuation.resume(with: Result { try body() })
            }
            if !accepted { continuation.resume(throwing: SerialThreadError()) }
        }
    }

    /// Adds a closure without waiting for it.
    ///
    /// - Parameter body: What to run after everything accepted before.
    /// - Returns: Whether it was accepted: false after ``stop()``.
    @discardableResult
    public func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        work.append(body)
    }

    /// Ends the thread once everything accepted so far has run.
    ///
    /// Does not wait.
    public func stop() {
        work.close()
    }

    private static func start(_ work: WorkQueue) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stackSizeBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let argument = Unmanaged.passRetained(work).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = pthread_create(&thread, &attributes, threadBody, argument)
        pthread_attr_destroy(&attributes)
        guard status == 0 else {
            // Without threads nothing of the program works; the system's limit is to blame.
            fatalError("cannot start a thread (error \(status)): raise the limit of processes")
        }
    }
}

#if canImport(Darwin)
    private func threadBody(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        runQueue(argument)
        return nil
    }
#else
    private func threadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { runQueue(argument) }
        return nil
    }
#endif

private func runQueue(_ argument: UnsafeMutableRawPointer) {
    let work = Unmanaged<WorkQueue>.fromOpaque(argument).takeRetainedValue()
    #if canImport(Darwin)
        pthread_setname_np(work.name)
    #else
        // The C library's function for it is a GNU extension that Swift does not see.
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        if file >= 0 {
            _ = write(file, work.name, min(work.name.utf8.count, 15))
            close(file)
        }
    #endif
    while let closure = work.next() {
        closure()
    }
}
