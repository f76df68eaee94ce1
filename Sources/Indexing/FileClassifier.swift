import Chunking
import Git
import Storage

/// Decides whether a file of a tree is indexed, and as which language.
///
/// The answer depends on the tree and its bytes alone, never on the machine.
struct FileClassifier {
    /// What a file is.
    enum Kind: Equatable {
        case text(language: String)
        case skipped(SkipReason)
    }

    let rules: TreeRules

    /// The reason to leave a file out that needs no look at its bytes, or nil.
    func reasonByRules(_ entry: TreeEntry) throws -> SkipReason? {
        switch entry.mode {
        case .symlink: return .symlink
        case .submodule: return .submodule
        case .regular, .executable: break
        }
        let verdict = try rules.verdict(for: entry.path)
        if verdict.isIgnored { return .ignored }
        if verdict.isGenerated || GeneratedFiles.contains(entry.path) { return .generated }
        if verdict.isVendored { return .vendored }
        if verdict.isBinary { return .binary }
        return nil
    }

    /// What a file is that no rule leaves out, by its bytes.
    func kind(of entry: TreeEntry, bytes: UnsafeRawBufferPointer) -> Kind {
        if bytes.contains(0) { return .skipped(.binary) }
        let invalid = TextDecoding.invalidByteCount(in: bytes)
        if Double(invalid) > Double(bytes.count) * IndexLimits.invalidShare {
            return .skipped(.invalidEncoding)
        }
        return .text(language: LanguageDetector.language(of: entry.path.bytes, head: bytes))
    }
}
