import Git

/// Where the bytes of files come from: git's objects, or the working tree.
struct ContentSource {
    let repository: Repository
    /// Paths whose bytes are read from the working tree.
    var workingPaths: Set<GitPath> = []

    /// Reads a file.
    ///
    /// - Returns: Its bytes, or why there are none.
    func read(_ entry: TreeEntry, limitBytes: Int) throws -> ReadOutcome {
        if workingPaths.contains(entry.path) {
            let bytes = try repository.withWorkingFile(entry.path) { [UInt8]($0) }
            return bytes.count > limitBytes ? .tooLarge : .read(bytes)
        }
        do {
            if try repository.blobSize(entry.oid) > limitBytes { return .tooLarge }
        } catch  where error.code == .notFound {
            return .missing
        }
        return .read(try repository.withBlob(entry.oid) { [UInt8]($0) })
    }
}

/// How the reading of a file ended.
enum ReadOutcome {
    case read([UInt8])
    case tooLarge
    case missing
}
