extension Repository {
    /// Lends a file of the working directory as git would store it: line ends and keywords as the
    /// attributes say, a symbolic link as where it points to.
    ///
    /// - Parameters:
    ///   - path: The path from the top of the repository.
    ///   - body: Called once with the bytes, which are valid only during the call.
    /// - Returns: What `body` returns.
    /// - Throws: ``GitError`` with code `notFound`, `permissionDenied` or `bareRepository`, and
    ///   what `body` throws.
    public func withWorkingFile<R>(
        _ path: GitPath, _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> R {
        let content = try WorkingFile(self, path).whole()
        return try withExtendedLifetime(content) { try content.withBytes(body) }
    }

    /// Reads a file of the working directory as git would store it, unless it is too large.
    ///
    /// The id is that of the bytes returned, also when the file changes meanwhile. The mode is the
    /// one of the file system.
    ///
    /// - Parameters:
    ///   - path: The path from the top of the repository.
    ///   - limitBytes: The largest content, in the form git would store, that is returned. A file
    ///     that is larger on disk is not read, or at most twice as far where filters apply.
    /// - Returns: The content, or `nil` when there is no file or link at the path.
    /// - Throws: ``GitError`` with code `permissionDenied` or `bareRepository`, or when the file
    ///   cannot be read.
    public func workingContent(
        at path: GitPath, limitBytes: Int
    ) throws(GitError) -> WorkingContent? {
        do throws(GitError) {
            let file = try WorkingFile(self, path)
            guard let content = try file.content(limitBytes: limitBytes) else { return .tooLarge }
            return .content(
                bytes: content.array, oid: try content.objectID(), mode: file.mode)
        } catch  where error.code == .notFound {
            return nil
        }
    }

    /// Returns what is at a path of the working directory now.
    ///
    /// Reads the file to the end, a piece at a time where no filter applies.
    ///
    /// - Parameter path: The path from the top of the repository.
    /// - Returns: The entry with the id that the content would get in git, or `nil` when there is no
    ///   file or link at the path.
    /// - Throws: ``GitError`` with code `permissionDenied` or `bareRepository`, or when the file
    ///   cannot be read.
    public func workingEntry(at path: GitPath) throws(GitError) -> TreeEntry? {
        try workingEntry(at: path, mode: nil)
    }

    /// Returns how large a file of the working directory is on disk, without reading it.
    ///
    /// - Parameter path: The path from the top of the repository.
    /// - Returns: The size in bytes before any filter, or `nil` when there is no file or link.
    /// - Throws: ``GitError`` with code `permissionDenied` or `bareRepository`.
    public func workingFileSize(_ path: GitPath) throws(GitError) -> Int? {
        do throws(GitError) {
            return try WorkingFile(self, path).sizeBytes
        } catch  where error.code == .notFound {
            return nil
        }
    }
}
