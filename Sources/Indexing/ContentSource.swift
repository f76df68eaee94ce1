import Git

/// Where the bytes of files come from: git's objects, or the working tree.
struct ContentSource {
    let repository: Repository
    /// Paths whose bytes are read from the working tree.
    var workingPaths: Set<GitPath> = []

    /// Reads a file; `body` is not called when its object is missing or it is too large.
    ///
    /// - Returns: What `body` returns, or why it was not called.
    func read<R>(
        _ entry: TreeEntry, limitBytes: Int, _ body: (UnsafeRawBufferPointer) throws -> R
    ) throws -> ReadOutcome<R> {
        if workingPaths.contains(entry.path) {
            return try repository.withWorkingFile(entry.path) { bytes in
                bytes.count > limitBytes ? .tooLarge : .read(try body(bytes))
            }
        }
        do {
            if try repository.blobSize(entry.oid) > limitBytes { return .tooLarge }
        } catch let error as GitError where error.code == .notFound {
            return .missing
        }
        return .read(try repository.withBlob(entry.oid, body))
    }
}

/// How the reading of a file ended.
enum ReadOutcome<Value> {
    case read(Value)
    case tooLarge
    case missing
}
