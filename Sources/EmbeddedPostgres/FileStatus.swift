#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// What the system knows of a file, symbolic links not followed.
struct FileStatus {
    let owner: uid_t
    let group: gid_t
    let mode: mode_t
    let sizeBytes: Int

    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode
        sizeBytes = Int(status.st_size)
    }

    var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
}

/// Reading and making small files without Foundation.
enum Files {
    /// The whole of a small file; nil when it cannot be read.
    static func read(_ path: String, from offset: Int = 0, limitBytes: Int = 64 << 10) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limitBytes)
        let count = pread(file, &bytes, limitBytes, off_t(offset))
        guard count >= 0 else { return nil }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Makes a directory and those above it.
    static func makeDirectories(_ path: String, mode: mode_t) throws(EmbeddedPostgresError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .system("create", path, errno: errno)
        }
        try makeDirectories(String(path[..<slash]), mode: mode)
        if mkdir(path, mode) != 0 && errno != EEXIST {
            throw .system("create", path, errno: errno)
        }
    }
}
