internal import Threads

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Brings the server down.
struct ServerStop {
    private static let timeoutMilliseconds = 60_000
    private static let pauseMilliseconds = 5

    let layout: ServerLayout

    /// Stops the server; false when none was running.
    func run() throws(EmbeddedPostgresError) -> Bool {
        guard FileStatus(layout.base) != nil else { return false }
        return try StartLock.hold(layout, owner: nil) { () throws(EmbeddedPostgresError) in
            try stopLocked()
        }
    }

    private func stopLocked() throws(EmbeddedPostgresError) -> Bool {
        guard let process = PostmasterFile.read(layout), process.isAlive(in: layout) else {
            return false
        }
        // The fast way: transactions are rolled back, what was committed is written out.
        guard kill(process.processID, SIGINT) == 0 else {
            throw .system("stop the server of", layout.cluster, errno: errno)
        }
        let deadline = MonotonicClock.milliseconds() + Self.timeoutMilliseconds
        while ProcessStatus.isAlive(process.processID) {
            guard MonotonicClock.milliseconds() < deadline else {
                throw EmbeddedPostgresError(
                    .timeout, "PostgreSQL has been stopping for a minute",
                    remedy: "look into \(layout.logFile), then try again")
            }
            MonotonicClock.sleep(milliseconds: Self.pauseMilliseconds)
        }
        return true
    }
}
