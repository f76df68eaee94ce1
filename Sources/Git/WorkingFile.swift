import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private let systemRead = read

/// One file or symbolic link of the working directory, found but not yet read.
struct WorkingFile {
    /// What it is, by the file system.
    let mode: FileMode
    /// How many bytes it has on disk, before any filter.
    let sizeBytes: Int

    private let repository: Repository
    private let path: GitPath
    /// The path for the operating system, with the NUL at its end.
    private let file: [CChar]

    init(_ repository: Repository, _ path: GitPath) throws(GitError) {
        guard let top = repository.workingDirectory else {
            throw GitError(.bareRepository, "a bare repository has no working directory")
        }
        self.repository = repository
        self.path = path
        file = (Array(top.utf8) + [UInt8(ascii: "/")] + path.bytes + [0]).map {
            CChar(bitPattern: $0)
        }
        var status = stat()
        guard lstat(file, &status) == 0 else { throw Self.failure(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFLNK: mode = .symlink
        case S_IFREG: mode = status.st_mode & S_IXUSR == 0 ? .regular : .executable
        default: throw GitError(.notFound, "\(path) is no file in the working directory")
        }
        sizeBytes = Int(status.st_size)
    }

    /// Whether the file can be opened for reading.
    var isReadable: Bool {
        guard mode.isFile else { return true }
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }

    /// The content as git would store it; `nil` when it is larger than the limit.
    func content(limitBytes: Int = .max) throws(GitError) -> WorkingBytes? {
        if mode == .symlink {
            let target = try target()
            return target.count <= limitBytes ? WorkingBytes(target) : nil
        }
        guard let filters = try WorkingFilters(repository, path) else {
            return try read(limitBytes: limitBytes).map { WorkingBytes($0) }
        }
        // Line ends in two bytes become one: a file of twice the limit may come to fit.
        let (twice, isOverflow) = limitBytes.multipliedReportingOverflow(by: 2)
        guard let raw = try read(limitBytes: isOverflow ? .max : twice) else { return nil }
        let stored = try filters.apply(to: raw)
        return stored.count <= limitBytes ? stored : nil
    }

    /// The id the content would get in git.
    ///
    /// Where no filter applies, a file of any size goes through the hash piece by piece.
    func objectID() throws(GitError) -> ObjectID {
        if mode.isFile, try WorkingFilters(repository, path) == nil {
            var oid = git_oid()
            if git_odb_hashfile(&oid, file, GIT_OBJECT_BLOB) == 0 { return ObjectID(oid) }
            // It fails when the file shrinks meanwhile; reading takes the file as it is then, or
            // says what is wrong.
            git_error_clear()
        }
        return try whole().objectID()
    }

    /// The whole content as git would store it.
    func whole() throws(GitError) -> WorkingBytes {
        guard let content = try content() else {
            throw GitError(.other, "\(path) is too large to be read")
        }
        return content
    }

    private func target() throws(GitError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink(file, &buffer, buffer.count)
        guard count >= 0 else { throw Self.failure(path, errno) }
        return buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    /// The bytes on disk; `nil` when there are more than the limit.
    private func read(limitBytes: Int) throws(GitError) -> [UInt8]? {
        guard sizeBytes <= limitBytes else { return nil }
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        defer { close(descriptor) }
        // One byte more than the size shows the end of the file without another call.
        var bytes = [UInt8](repeating: 0, count: sizeBytes + 1)
        var count = 0
        while true {
            if count == bytes.count {
                bytes.append(contentsOf: repeatElement(0, count: bytes.count))
            }
            let result = bytes.withUnsafeMutableBytes { buffer in
                systemRead(
                    descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if result < 0, errno == EINTR { continue }
            guard result >= 0 else { throw Self.failure(path, errno) }
            if result == 0 { break }
            count += result
            // The file may have grown since it was found.
            guard count <= limitBytes else { return nil }
        }
        bytes.removeSubrange(count...)
        return bytes
    }

    private static func failure(_ path: GitPath, _ number: Int32) -> GitError {
        switch number {
        case ENOENT, ENOTDIR, ELOOP:
            GitError(.notFound, "\(path) is not in the working directory")
        case EACCES, EPERM:
            GitError(.permissionDenied, "no permission to read \(path)")
        default:
            GitError(.other, "cannot read \(path)", cause: String(cString: strerror(number)))
        }
    }
}
