internal import Threads

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The right to start or stop the server: one process at a time.
enum StartLock {
    private static let timeoutMilliseconds = 120_000
    private static let pauseMilliseconds = 10

    /// Waits for the right and does something with it.
    static func hold<R>(
        _ layout: ServerLayout, owner: ServerAccount?,
        _ body: () throws(EmbeddedPostgresError) -> R
    ) throws(EmbeddedPostgresError) -> R {
        let file = try acquire(layout, owner: owner)
        defer { close(file) }
        return try body()
    }

    private static func acquire(
        _ layout: ServerLayout, owner: ServerAccount?
    ) throws(EmbeddedPostgresError) -> Int32 {
        let path = layout.lockFile
        let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system("open", path, errno: errno) }
        // The server's user may want it too, should it run gitdex itself.
        if let owner, owner.isOther { _ = fchown(file, owner.user, owner.group) }
        let deadline = MonotonicClock.milliseconds() + timeoutMilliseconds
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let reason = errno
                close(file)
                throw .system("lock", path, errno: reason)
            }
            guard MonotonicClock.milliseconds() < deadline else {
                close(file)
                throw EmbeddedPostgresError(
                    .timeout, "another gitdex has been starting PostgreSQL for two minutes",
                    remedy: "end it, or look into \(layout.logFile)")
            }
            MonotonicClock.sleep(milliseconds: pauseMilliseconds)
        }
        return file
    }
}
