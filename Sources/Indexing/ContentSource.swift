import Git
import Storage

/// Where the bytes of files come from: git's objects, or the working tree.
struct ContentSource {
    let repository: Repository
    /// Paths whose bytes are read from the working tree.
    var workingPaths: Set<GitPath> = []
    /// Who hears of files that cannot be read.
    var unreadable: UnreadableFiles?

    /// Reads a file.
    ///
    /// A file of the working tree may have changed since it was listed: the entry of the answer is
    /// the one that the bytes belong to.
    ///
    /// - Returns: Its entry and bytes, or why there are none.
    func read(_ entry: TreeEntry, limitBytes: Int) throws -> ReadOutcome {
        if workingPaths.contains(entry.path) {
            return readWorkingFile(entry, limitBytes: limitBytes)
        }
        do {
            if try repository.blobSize(entry.oid) > limitBytes { return .tooLarge(entry) }
        } catch  where error.code == .notFound {
            return .missing
        }
        return .read(entry, try repository.withBlob(entry.oid) { [UInt8]($0) })
    }

    /// Reads a file of the working tree as it is now; one that cannot be read stops nothing.
    private func readWorkingFile(_ entry: TreeEntry, limitBytes: Int) -> ReadOutcome {
        do {
            switch try repository.workingContent(at: entry.path, limitBytes: limitBytes) {
            case .content(let bytes, let oid, let mode):
                return .read(TreeEntry(path: entry.path, oid: oid, mode: mode), bytes)
            case .tooLarge:
                // It may have grown since it was listed, and then has another id.
                return try repository.workingEntry(at: entry.path).map { .tooLarge($0) } ?? .gone
            case nil: return .gone
            }
        } catch {
            unreadable?.add(entry.path)
            return .unreadable
        }
    }

    /// Decides what a file is.
    ///
    /// - Returns: The file's row, and its bytes where they are to be indexed; nil for a file of the
    ///   working tree that is gone since it was listed.
    func classify(
        _ entry: TreeEntry, by classifier: FileClassifier
    ) throws -> (RefFileRecord, [UInt8]?)? {
        func record(_ entry: TreeEntry, _ language: String, _ reason: SkipReason?) -> RefFileRecord
        {
            RefFileRecord(
                path: entry.path, oid: entry.oid, mode: entry.mode, language: language,
                version: IndexRules.analysisVersion, skippedReason: reason)
        }
        if let reason = try classifier.reasonByRules(entry) {
            return (record(entry, "", reason), nil)
        }
        switch try read(entry, limitBytes: IndexLimits.fileSizeBytes) {
        case .tooLarge(let entry): return (record(entry, "", .tooLarge), nil)
        case .gone: return nil
        case .unreadable:
            let entry = TreeEntry(path: entry.path, oid: .none, mode: entry.mode)
            return (record(entry, "", .missing), nil)
        case .missing: return (record(entry, "", .missing), nil)
        case .read(let entry, let bytes):
            switch bytes.withUnsafeBytes({ classifier.kind(of: entry, bytes: $0) }) {
            case .skipped(let reason): return (record(entry, "", reason), nil)
            case .text(let language): return (record(entry, language, nil), bytes)
            }
        }
    }
}

/// How the reading of a file ended.
enum ReadOutcome {
    case read(TreeEntry, [UInt8])
    case tooLarge(TreeEntry)
    /// Its object is not in the repository.
    case missing
    /// It is not in the working tree any more.
    case gone
    /// It is in the working tree and cannot be read.
    case unreadable
}
