#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// `postmaster.pid`: what the server says about itself.
struct PostmasterFile {
    /// A number above every process id that a system hands out.
    private static let deadProcessID = "999999999"
    private static let statusLine = 7

    let processID: pid_t
    private let lines: [String]

    /// Reads the file; nil where there is none or it is damaged.
    static func read(_ layout: ServerLayout) -> PostmasterFile? {
        guard let text = Files.read(layout.postmasterFile) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first, let processID = pid_t(first), processID > 1 else {
            return nil
        }
        return PostmasterFile(processID: processID, lines: lines)
    }

    /// Whether the server has finished starting and takes work.
    var isReady: Bool {
        lines.count > Self.statusLine && lines[Self.statusLine].hasPrefix("ready")
    }

    /// Whether the process lives and is the server of this data.
    ///
    /// After a kill or a reboot the number may belong to a process that is dead and not yet
    /// collected by its parent, or to another program altogether.
    func isAlive(in layout: ServerLayout) -> Bool {
        guard ProcessStatus.isAlive(processID) else { return false }
        #if canImport(Darwin)
            return true
        #else
            guard let directory = ProcessStatus.workingDirectory(processID) else {
                // Not ours to look into: then it is another user's process, if the data is ours.
                return FileStatus(layout.cluster)?.owner != geteuid() && geteuid() != 0
            }
            return directory == layout.cluster
        #endif
    }

    /// Whether the process can be seen to be the server of this data, with its socket in place.
    func isSeen(in layout: ServerLayout) -> Bool {
        ProcessStatus.isAlive(processID)
            && ProcessStatus.workingDirectory(processID) == layout.cluster
            && FileStatus(layout.socket) != nil
    }

    /// Makes a file left behind point at no process.
    ///
    /// The rest of it stays: by it the server still finds out whether a process of the dead one
    /// lives on, and refuses to start until that is gone.
    func neutralise(_ layout: ServerLayout) {
        var lines = lines
        lines[0] = Self.deadProcessID
        let file = open(layout.postmasterFile, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        let text = lines.joined(separator: "\n")
        _ = write(file, text, text.utf8.count)
    }
}

/// What the system knows of a process.
enum ProcessStatus {
    /// Whether it lives; one that is dead and waits for its parent does not.
    static func isAlive(_ processID: pid_t) -> Bool {
        guard kill(processID, 0) == 0 || errno == EPERM else { return false }
        guard let text = Files.read("/proc/\(processID)/stat"),
            let end = text.lastIndex(of: ")")
        else { return true }
        let state = text[text.index(after: end)...].first { $0 != " " }
        return state != "Z" && state != "X"
    }

    static func workingDirectory(_ processID: pid_t) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink("/proc/\(processID)/cwd", start, buffer.count)
            guard count > 0 else { return nil }
            return String(
                decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}
