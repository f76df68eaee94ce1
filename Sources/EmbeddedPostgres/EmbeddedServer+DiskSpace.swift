#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension EmbeddedServer {
    /// A server that broke off with less room than some segments of its log take was short of it;
    /// what it was writing has gone by then.
    private static let leastFreeBytes: UInt64 = 64 << 20

    /// The error that says that no room is left for its data.
    public var diskIsFull: EmbeddedPostgresError { .noSpace(layout.cluster) }

    /// The size of the server's log, to be handed to ``diskFailure(since:)`` later.
    public var logSizeBytes: Int { ServerLog(layout).sizeBytes }

    /// Tells whether a full disk is why the server broke off.
    ///
    /// It then restarts by itself, and all that its clients see is a lost connection.
    ///
    /// - Parameter offset: How large its log was before.
    /// - Returns: The error that says so, or nil where there is room and the log says nothing of it.
    public func diskFailure(since offset: Int) -> EmbeddedPostgresError? {
        var status = statvfs()
        let isFull =
            statvfs(layout.cluster, &status) == 0
            && UInt64(status.f_bavail) * UInt64(status.f_frsize) < Self.leastFreeBytes
        let isTold = ServerLog(layout).text(from: offset).contains("No space left on device")
        return isFull || isTold ? diskIsFull : nil
    }
}
