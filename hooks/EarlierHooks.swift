#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder from which earlier hooks are run, beside the hooks directory.
///
/// Hook frameworks look at the name they are called by and at what lies beside and above them:
/// husky finds its own files by `$(dirname "$0")/h` and the project's hooks one folder higher, and
/// one program behind many links finds out by its name which hook it is. So each earlier hook is
/// called from a folder with the same parent, under its own name, in which everything else of the
/// hooks directory is linked.
struct EarlierHooks {
    private static let suffix = ".gitdex-chained"
    private static let ignoreFile = ".gitignore"

    private let hooksDirectory: String
    private let folder: String
    private let base: String

    init(hooksDirectory: String) {
        self.hooksDirectory = hooksDirectory
        folder = hooksDirectory + Self.suffix
        base = hooksDirectory.split(separator: "/").last.map(String.init) ?? ""
    }

    /// Where an earlier hook is kept.
    static func keptPath(_ path: String) -> String { path + suffix }

    /// Makes the folder anew, or removes it where no hook is kept.
    ///
    /// Where the parent cannot be written, the hooks are called where they are kept.
    ///
    /// - Parameter hooks: The hooks that are kept.
    /// - Throws: ``HookError`` when the file system refuses in between.
    func refresh(_ hooks: [HookName]) throws(HookError) {
        try remove()
        guard !hooks.isEmpty, mkdir(folder, 0o777) == 0 else { return }
        // The parent may be a working tree.
        try HookFiles.replace(folder + "/" + Self.ignoreFile, with: Array("*\n".utf8))
        let kept = Set(hooks.map(\.rawValue))
        for name in HookFiles.names(in: hooksDirectory)
        where !kept.contains(name) && name != Self.ignoreFile && !name.hasSuffix(Self.suffix) {
            try link(name, to: "../\(base)/\(name)")
        }
        for name in kept {
            // A link stays the link that it was, so that what follows one step finds the same.
            try link(
                name,
                to: HookFiles.link(Self.keptPath(hooksDirectory + "/" + name))
                    ?? "../\(base)/\(Self.keptPath(name))")
        }
    }

    /// Removes the folder.
    func remove() throws(HookError) {
        guard HookFiles.exists(folder) else { return }
        for name in HookFiles.names(in: folder) { try HookFiles.remove(folder + "/" + name) }
        guard rmdir(folder) == 0 || errno == ENOENT else {
            throw HookFiles.failure("remove", folder)
        }
    }

    private func link(_ name: String, to target: String) throws(HookError) {
        guard symlink(target, folder + "/" + name) == 0 || errno == EEXIST else {
            throw HookFiles.failure("create", folder + "/" + name)
        }
    }
}
