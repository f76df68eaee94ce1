#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A lock on a file that threads and processes of one host share.
///
/// It goes with the process that holds it, so a killed one leaves none behind. The file stays: a lock
/// on a file that is removed would be no lock.
final class FileLock {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Takes the lock when it is free.
    ///
    /// - Parameter path: The file, made where there is none.
    /// - Returns: The lock, which is free again with its last reference; nil when somebody else holds
    ///   it.
    /// - Throws: ``WorkerError`` when the file cannot be opened.
    static func take(at path: String) throws(WorkerError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw failure(path, code)
        }
        // The time of the last use, which says what is evicted first.
        futimens(descriptor, nil)
        return FileLock(descriptor)
    }

    deinit {
        close(descriptor)
    }

    private static func failure(_ path: String, _ code: Int32) -> WorkerError {
        WorkerError(
            code: .mirrorUnusable,
            message: "cannot lock \(path): \(String(cString: strerror(code)))",
            remedy: "make the data directory writable for the user of the worker")
    }
}
