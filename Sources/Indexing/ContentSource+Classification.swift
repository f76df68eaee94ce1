import Git
import Storage

extension ContentSource {
    /// Decides what a file is.
    ///
    /// - Returns: The file's row, and its bytes where they are to be indexed.
    func classify(
        _ entry: TreeEntry, by classifier: FileClassifier
    ) throws -> (RefFileRecord, [UInt8]?) {
        func record(_ language: String, _ reason: SkipReason?) -> RefFileRecord {
            RefFileRecord(
                path: entry.path, oid: entry.oid, mode: entry.mode, language: language,
                skippedReason: reason)
        }
        if let reason = try classifier.reasonByRules(entry) { return (record("", reason), nil) }
        switch try read(entry, limitBytes: IndexLimits.fileSizeBytes) {
        case .tooLarge: return (record("", .tooLarge), nil)
        case .missing: return (record("", .missing), nil)
        case .read(let bytes):
            switch bytes.withUnsafeBytes({ classifier.kind(of: entry, bytes: $0) }) {
            case .skipped(let reason): return (record("", reason), nil)
            case .text(let language): return (record(language, nil), bytes)
            }
        }
    }
}
