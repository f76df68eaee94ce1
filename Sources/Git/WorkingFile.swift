import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private let systemRead = read

/// The content of one file of the working directory in the form git would store.
final class WorkingFile {
    let mode: FileMode
    private var filtered = git_buf()
    private var raw: [UInt8] = []

    init(_ repository: Repository, _ path: GitPath) throws(GitError) {
        guard let top = repository.workingDirectory else {
            throw GitError(.bareRepository, "a bare repository has no working directory")
        }
        let name = (Array(top.utf8) + [UInt8(ascii: "/")] + path.bytes).map {
            CChar(bitPattern: $0)
        }
        let file = name + [0]
        var status = stat()
        guard lstat(file, &status) == 0 else { throw Self.failure(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFLNK:
            mode = .symlink
            raw = try Self.target(of: file, path)
        case S_IFREG:
            mode = status.st_mode & S_IXUSR == 0 ? .regular : .executable
            raw = try Self.read(file, path, status.st_size)
            try filter(repository, path)
        default:
            throw GitError(.notFound, "\(path) is no file in the working directory")
        }
    }

    deinit {
        git_buf_dispose(&filtered)
    }

    /// Lends the bytes, which live as long as this object.
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        guard let start = filtered.ptr else { return try raw.withUnsafeBytes(body) }
        return try body(UnsafeRawBufferPointer(start: start, count: filtered.size))
    }

    /// Applies the filters that the attributes of the path ask for.
    private func filter(_ repository: Repository, _ path: GitPath) throws(GitError) {
        let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
        var filters: OpaquePointer?
        try Library.check("cannot load the filters of \(path)") {
            git_filter_list_load(
                &filters, repository.handle, nil, name, GIT_FILTER_TO_ODB,
                GIT_FILTER_ALLOW_UNSAFE.rawValue)
        }
        guard let filters else { return }
        defer { git_filter_list_free(filters) }
        try Library.check("cannot filter \(path)") {
            raw.withUnsafeBytes { bytes in
                git_filter_list_apply_to_buffer(
                    &filtered, filters, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    bytes.count)
            }
        }
        if filtered.ptr != nil { raw = [] }
    }

    private static func target(of file: [CChar], _ path: GitPath) throws(GitError) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlink(file, &buffer, buffer.count)
        guard count >= 0 else { throw failure(path, errno) }
        return buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    private static func read(
        _ file: [CChar], _ path: GitPath, _ size: off_t
    ) throws(GitError) -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        // One byte more than the size shows the end of the file without another call.
        var bytes = [UInt8](repeating: 0, count: Int(size) + 1)
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
            guard result >= 0 else { throw failure(path, errno) }
            if result == 0 { break }
            count += result
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
