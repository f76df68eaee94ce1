import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Repository {
    /// Starts the library below, which takes some 5 ms, once for the process.
    ///
    /// Opening the first repository does it as well. A command that has something else to wait for
    /// can call this on another thread meanwhile.
    public static func warmUp() {
        Library.start()
    }

    static func open(_ path: String, flags: UInt32) throws(GitError) -> OpaquePointer {
        do throws(GitError) {
            return try Library.make("cannot open a git repository at \(path)") {
                git_repository_open_ext($0, path, flags, nil)
            }
        } catch {
            throw explained(error, path)
        }
    }

    /// The path itself when it is a folder, else the folder it is in.
    static func folder(of path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return path }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes sure that the paths of an open repository can be held as text without loss.
    static func checkPaths(of handle: OpaquePointer) throws(GitError) {
        let paths = [
            git_repository_path(handle), git_repository_commondir(handle),
            git_repository_workdir(handle),
        ]
        for path in paths.compactMap(\.self) where String(validatingCString: path) == nil {
            throw unsupported(String(cString: path))
        }
    }

    private static func unsupported(_ path: String) -> GitError {
        GitError(.unsupportedPath, "the path \(path) cannot be used because it is not UTF-8")
    }

    /// Refuses a repository whose objects cannot be read: each would seem to be missing.
    static func checkObjects(of handle: OpaquePointer) throws(GitError) {
        guard let folder = git_repository_commondir(handle) else { return }
        let path = String(cString: folder) + "objects"
        if access(path, R_OK | X_OK) != 0, errno == EACCES {
            throw GitError(.permissionDenied, "no permission to read \(path)")
        }
    }

    /// The folder that libgit2 names when it belongs to another user.
    private static func quotedPath(in error: GitError) -> String? {
        guard let cause = error.cause, let start = cause.firstIndex(of: "'"),
            let end = cause.lastIndex(of: "'"), start < end
        else { return nil }
        var path = cause[cause.index(after: start)..<end]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path.hasPrefix("/") ? String(path) : nil
    }

    /// Says in the user's terms why a repository could not be opened.
    private static func explained(_ error: GitError, _ path: String) -> GitError {
        var status = stat()
        if stat(path, &status) != 0 {
            if errno == EACCES {
                return GitError(.permissionDenied, "no permission to read \(path)")
            }
            // Swift has put this character in the place of the bytes that it could not read.
            if path.unicodeScalars.contains("\u{FFFD}") { return unsupported(path) }
            return GitError(.notARepository, "\(path) does not exist")
        }
        switch error.code {
        case .notFound:
            if access(path, R_OK | X_OK) != 0, errno == EACCES {
                return GitError(.permissionDenied, "no permission to read \(path)")
            }
            return GitError(.notARepository, "\(path) is not in a git repository")
        case .unsafeOwnership:
            return GitError(
                .unsafeOwnership, "the repository at \(path) belongs to another user",
                remedy: "if you trust it, run "
                    + "`git config --global --add safe.directory \(quotedPath(in: error) ?? path)`",
                cause: nil)
        case .unsupportedObjectFormat:
            return GitError(
                .unsupportedObjectFormat,
                "the repository at \(path) names its objects by SHA-256", cause: error.cause)
        default:
            return error
        }
    }
}
