import CLibgit2

/// An open git repository, to be used on one thread: open one for each thread.
///
/// Everything is read from the repository as it is; nothing is ever written to it.
public final class Repository {
    /// libgit2's repository, freed with this object.
    let handle: OpaquePointer
    /// The object database of the repository, freed with this object.
    let objects: OpaquePointer

    /// Whether every object read is hashed and compared with its name.
    ///
    /// Off by default: the checksum of the compressed bytes is checked in any case, and hashing
    /// costs about as much again as reading.
    public var verifiesObjects = false {
        didSet { recentTrees = RecentTrees() }
    }

    /// Large trees read lately.
    var recentTrees = RecentTrees()

    /// Opens the repository at a path: a `.git` folder, a bare repository or a working directory.
    ///
    /// - Parameter path: The repository itself; folders above are not searched.
    /// - Throws: ``GitError`` with code `notARepository`, `unsupportedObjectFormat`,
    ///   `unsafeOwnership`, `unsupportedPath` or `permissionDenied`.
    public convenience init(at path: String) throws(GitError) {
        let handle = try Self.open(path, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
        try self.init(handle)
    }

    /// Opens the repository that contains a path.
    ///
    /// - Parameter path: A folder or file, which need not be tracked.
    /// - Returns: The repository.
    /// - Throws: ``GitError`` with code `notARepository`, `unsupportedObjectFormat`,
    ///   `unsafeOwnership`, `unsupportedPath` or `permissionDenied`.
    public static func discover(from path: String) throws(GitError) -> Repository {
        try Repository(open(folder(of: path), flags: 0))
    }

    private init(_ handle: OpaquePointer) throws(GitError) {
        do throws(GitError) {
            try Self.checkPaths(of: handle)
            try Self.checkObjects(of: handle)
            objects = try Library.make("cannot open the object database") {
                git_repository_odb($0, handle)
            }
        } catch {
            git_repository_free(handle)
            throw error
        }
        self.handle = handle
    }

    deinit {
        git_odb_free(objects)
        git_repository_free(handle)
    }

    /// The folder with HEAD and the index: of a linked worktree, its own one.
    public var gitDirectory: String {
        Self.text(git_repository_path(handle))
    }

    /// The folder with objects and refs, which linked worktrees share.
    public var commonDirectory: String {
        Self.text(git_repository_commondir(handle))
    }

    /// The folder with the files, or `nil` for a bare repository.
    public var workingDirectory: String? {
        git_repository_workdir(handle).map { Self.text($0) }
    }

    /// Whether the repository has no working directory.
    public var isBare: Bool {
        git_repository_is_bare(handle) == 1
    }

    /// Whether the history of the repository is cut off.
    public var isShallow: Bool {
        git_repository_is_shallow(handle) == 1
    }

    /// Returns the folder in which git looks for hooks.
    ///
    /// - Returns: An absolute path: `core.hooksPath` where it is set, else `hooks` beside the refs.
    /// - Throws: ``GitError`` when the configuration cannot be read.
    public func hooksDirectory() throws(GitError) -> String {
        let configuration = try Library.make("cannot read the git configuration") {
            git_repository_config_snapshot($0, handle)
        }
        defer { git_config_free(configuration) }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        let code = git_config_get_path(&buffer, configuration, "core.hooksPath")
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return commonDirectory + "/hooks"
        }
        if code < 0 { throw Library.failure(code, "cannot read core.hooksPath") }
        let path = Self.text(buffer.ptr)
        // Git reads a relative path from where it runs hooks: the top of the working directory.
        return path.hasPrefix("/") ? path : (workingDirectory ?? gitDirectory) + "/" + path
    }

    /// A path of libgit2 as text, without the slash at its end.
    private static func text(_ path: UnsafePointer<CChar>?) -> String {
        guard let path else { return "" }
        var text = String(cString: path)
        while text.utf8.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
