import CLibgit2

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The folder of a bare mirror: made, cleaned of what a killed process left, and removed.
struct MirrorFolder {
    /// What libgit2 and git put into a bare repository: only a folder with nothing else is removed.
    private static let ownNames: Set<String> = [
        "HEAD", "FETCH_HEAD", "ORIG_HEAD", "config", "description", "packed-refs", "shallow",
        "hooks", "info", "objects", "refs", "logs", "branches", "worktrees",
    ]
    private static let lockSuffix = ".lock"
    /// Stands in the name of a mirror that is being removed.
    private static let goneInfix = ".gone-"
    /// Stands in the names of all files that libgit2 has not finished writing.
    private static let temporaryMark = "_git2_"

    let path: String

    /// Opens the mirror, and makes what is missing of it; nil when it cannot be used as it is.
    func open() throws(GitError) -> Repository? {
        do throws(GitError) {
            let repository = try Repository(at: path)
            return repository.isBare ? repository : nil
        } catch {
            switch error.code {
            case .unsafeOwnership, .permissionDenied, .unsupportedPath: throw error
            default: return nil
            }
        }
    }

    /// Makes the bare repository, or the files that it lacks; objects and references stay.
    func make() throws(GitError) {
        var options = git_repository_init_options()
        git_repository_init_options_init(
            &options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
        options.flags =
            GIT_REPOSITORY_INIT_BARE.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
        let handle = try "refs/heads/main".withCStringTyped { name throws(GitError) in
            options.initial_head = name
            return try Library.make("cannot make a mirror at \(path)") {
                git_repository_init_ext($0, path, &options)
            }
        }
        git_repository_free(handle)
    }

    /// Removes lock files and unfinished files, which are nobody's: a mirror has one user.
    func removeLeftovers() {
        for name in names(in: path) where name.hasSuffix(Self.lockSuffix) {
            remove(path + "/" + name)
        }
        removeLeftovers(below: path + "/refs") { $0.hasSuffix(Self.lockSuffix) }
        removeLeftovers(below: path + "/objects") {
            $0.contains(Self.temporaryMark) || $0.hasPrefix("tmp_")
        }
    }

    /// Makes sure that there is nothing here that is not of a mirror, as it may all be removed.
    func check() throws(GitError) {
        var foreign = names(in: path).first {
            !Self.ownNames.contains($0) && !$0.hasSuffix(Self.lockSuffix)
        }
        if foreign == nil, FileManager.default.fileExists(atPath: path), !isFolder(path) {
            foreign = "a file"
        }
        if let foreign {
            throw GitError(
                .other, "\(path) is no mirror: it holds \(foreign)",
                remedy: "move it away, so that a mirror can be made there")
        }
    }

    /// Removes the whole folder, unless it holds anything that is not of a mirror.
    func remove() throws(GitError) {
        try check()
        guard FileManager.default.fileExists(atPath: path) else { return }
        // Whoever removes it at the same time must not meet the one that is made in its place.
        let aside = path + Self.goneInfix + String(UInt64.random(in: 0 ... .max), radix: 16)
        try? FileManager.default.moveItem(atPath: path, toPath: aside)
        remove(aside)
        guard FileManager.default.fileExists(atPath: path) else { return }
        remove(path)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw GitError(.permissionDenied, "cannot remove the mirror at \(path)")
        }
    }

    private func removeLeftovers(below folder: String, where isLeftover: (String) -> Bool) {
        for name in names(in: folder) {
            let path = folder + "/" + name
            if isLeftover(name) {
                remove(path)
            } else if isFolder(path) {
                removeLeftovers(below: path, where: isLeftover)
            }
        }
    }

    private func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}

extension String {
    /// Lends the text as a C string to a body that throws a ``GitError``.
    fileprivate func withCStringTyped<R>(
        _ body: (UnsafePointer<CChar>) throws(GitError) -> R
    ) throws(GitError) -> R {
        let result = withCString { text in
            Result { () throws(GitError) -> R in try body(text) }
        }
        return try result.get()
    }
}
