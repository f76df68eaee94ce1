#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The server's log, kept small.
struct ServerLog {
    /// Above this the older part is dropped.
    private static let limitBytes = 8 << 20
    private static let keptBytes = 1 << 20

    private let path: String

    init(_ layout: ServerLayout) {
        path = layout.logFile
    }

    var sizeBytes: Int { FileStatus(path)?.sizeBytes ?? 0 }

    /// Drops the older part of a log that has grown too large, also while the server writes to it:
    /// it appends, so what it writes next goes to the new end.
    func truncateIfLarge() {
        let size = sizeBytes
        guard size > Self.limitBytes,
            let kept = Files.read(path, from: size - Self.keptBytes, limitBytes: Self.keptBytes)
        else { return }
        let file = open(path, O_WRONLY | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        let whole = kept.drop { $0 != "\n" }.dropFirst()
        _ = write(file, String(whole), whole.utf8.count)
    }

    /// What was written after a position.
    func text(from offset: Int) -> String {
        Files.read(path, from: min(offset, sizeBytes)) ?? ""
    }
}
