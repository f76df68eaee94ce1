#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Time that only goes forward, for threads that may block.
public enum MonotonicClock {
    /// Returns the time since a moment that stays the same while the system runs.
    ///
    /// - Returns: The time in whole milliseconds.
    public static func milliseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int(now.tv_sec) * 1000 + Int(now.tv_nsec) / 1_000_000
    }

    /// Blocks the calling thread, also when a signal comes meanwhile.
    ///
    /// - Parameter milliseconds: For how long.
    public static func sleep(milliseconds: Int) {
        var wanted = timespec(
            tv_sec: milliseconds / 1000, tv_nsec: (milliseconds % 1000) * 1_000_000)
        var left = timespec()
        while nanosleep(&wanted, &left) != 0 && errno == EINTR { wanted = left }
    }
}
