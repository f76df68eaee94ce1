#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// How many files and sockets the process may have open at once.
enum FileLimit {
    /// What the process needs besides its clients' connections: the database, remotes, models.
    private static let reserve = 256

    /// Raises the limit as far as the system lets the process.
    ///
    /// - Returns: The limit.
    static func raise() -> Int {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many connections fit into a limit.
    static func connections(within files: Int) -> Int {
        min(APILimits.connections, max(files - reserve, files / 2, 1))
    }
}
