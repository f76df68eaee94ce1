#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads small files of settings whole.
enum FileReading {
    /// The largest settings file that is read.
    static let limitBytes = 1 << 20

    /// Returns a file's bytes.
    ///
    /// - Parameter path: The file to read.
    /// - Returns: The bytes, or nil when there is no such file.
    /// - Throws: ``SettingsError`` when the file is there and cannot be read.
    static func bytes(of path: String) throws(SettingsError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(path, errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(path, errno)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limitBytes else {
                throw SettingsError(
                    code: .unreadableFile, subject: path,
                    message: "\(path) is larger than a settings file may be",
                    remedy: "keep it under \(limitBytes) bytes")
            }
        }
    }

    /// Whether a folder, or a link to one, stands at a path.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func unreadable(_ path: String, _ code: CInt) -> SettingsError {
        let reason = String(cString: strerror(code))
        return SettingsError(
            code: .unreadableFile, subject: path,
            message: "\(path) cannot be read (\(reason))",
            remedy: "make it readable for this user, or take it away")
    }
}
