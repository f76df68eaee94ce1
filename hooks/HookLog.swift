#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A repository's hook log: one line a run, two files of bounded size.
struct HookLog: Sendable {
    /// The size at which the log becomes `hook.log.1` and a new one begins.
    static let limitBytes = 256 << 10

    let path: String

    /// Adds an entry.
    ///
    /// Called by the lock's holder alone, so that the turn of files is safe.
    func append(_ entry: HookLogEntry) throws(HookError) {
        if HookFiles.size(of: path) >= Self.limitBytes {
            try HookFiles.move(path, to: path + ".1")
        }
        try HookFiles.append(Array((entry.description + "\n").utf8), to: path)
    }

    /// Returns the newest entries, oldest first.
    func tail(_ count: Int) -> [HookLogEntry] {
        var entries: [HookLogEntry] = []
        for file in [path, path + ".1"] where entries.count < count {
            let text = String(decoding: HookFiles.contents(of: file) ?? [], as: UTF8.self)
            let lines = text.split(separator: "\n").suffix(count - entries.count)
            entries = lines.compactMap { HookLogEntry(line: $0) } + entries
        }
        return entries
    }

    /// Returns this moment in UTC, to the second.
    static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
