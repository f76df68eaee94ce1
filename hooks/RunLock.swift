#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lock that lets one process at a time run a repository's requests.
///
/// An open-file-description lock: it goes when its process ends, however that happens, is not
/// inherited by a program this one starts, and can be asked about without taking it, so that
/// asking never turns a request away.
struct RunLock: ~Copyable {
    #if canImport(Darwin)
        private static let setLock: CInt = 90
        private static let getLock: CInt = 92
    #else
        private static let setLock: CInt = 37
        private static let getLock: CInt = 36
    #endif

    private let descriptor: CInt

    /// Takes the lock, or returns nil when another process holds it.
    static func acquire(_ path: String) throws(HookError) -> RunLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw HookFiles.failure("open", path) }
        var request = wholeFile()
        if fcntl(descriptor, setLock, &request) != 0 {
            let isTaken = errno == EAGAIN || errno == EACCES
            let error = HookFiles.failure("lock", path)
            close(descriptor)
            if isTaken { return nil }
            throw error
        }
        let owner = Array("\(getpid())\n".utf8)
        // Only for people who look: a failure to write the number changes nothing.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, owner, owner.count, 0) }
        return RunLock(descriptor: descriptor)
    }

    /// Returns the process that holds the lock, or nil when it is free.
    static func holder(_ path: String) -> Int? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var request = wholeFile()
        guard fcntl(descriptor, getLock, &request) == 0, request.l_type != Int16(F_UNLCK) else {
            return nil
        }
        let text = String(decoding: HookFiles.contents(of: path) ?? [], as: UTF8.self)
        return Int(text.split(separator: "\n").first ?? "") ?? 0
    }

    /// Gives the lock back now.
    consuming func release() {}

    deinit {
        close(descriptor)
    }

    private static func wholeFile() -> flock {
        var request = flock()
        request.l_type = Int16(F_WRLCK)
        request.l_whence = Int16(SEEK_SET)
        return request
    }
}
