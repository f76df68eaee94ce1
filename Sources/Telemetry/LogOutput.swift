#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Where log lines go.
public enum LogOutput {
    /// Writes a line to standard error with one call, so that lines of several threads and processes
    /// do not mix; a line that cannot be written is lost.
    ///
    /// - Parameter line: The line with its end.
    @Sendable
    public static func standardError(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            var written = 0
            while let start = bytes.baseAddress, written < bytes.count {
                let count = write(STDERR_FILENO, start + written, bytes.count - written)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return }
                written += count
            }
        }
    }

    /// The present moment as RFC 3339 writes it, in UTC with milliseconds.
    static func timestamp() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var seconds = time.tv_sec
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func pad(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = [
            pad(Int(parts.tm_year) + 1900, 4), pad(Int(parts.tm_mon) + 1, 2),
            pad(Int(parts.tm_mday), 2),
        ].joined(separator: "-")
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { pad(Int($0), 2) }
            .joined(separator: ":")
        return "\(date)T\(clock).\(pad(time.tv_nsec / 1_000_000, 3))Z"
    }
}
