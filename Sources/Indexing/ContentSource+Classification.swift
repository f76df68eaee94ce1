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
        let outcome = try read(entry, limitBytes: IndexLimits.fileSizeBytes) { bytes in
            switch classifier.kind(of: entry, bytes: bytes) {
            case .skipped(let reason): (record("", reason), [UInt8]?.none)
            case .text(let language): (record(language, nil), [UInt8](bytes))
            }
        }
        switch outcome {
        case .read(let result): return result
        case .tooLarge: return (record("", .tooLarge), nil)
        case .missing: return (record("", .missing), nil)
        }
    }
}
