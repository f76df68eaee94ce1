import Chunking
import Cryptography
import Lexing

/// What, besides the tree, decides which rows an index holds.
///
/// Its digest is kept with a ref. When it changes, every file is looked at again.
struct IndexRules {
    /// Raised when the classification of files or the shape of rows changes.
    static let version = 1

    let selection: PathSelection

    var digest: [UInt8] {
        var hasher = SHA256Hasher()
        func add(_ text: String) { hasher.update(Array(text.utf8) + [0]) }
        add("rules \(Self.version) chunker \(Chunker.version) lexemes \(LexemeExtractor.version)")
        for pattern in selection.include { add("+" + pattern) }
        for pattern in selection.exclude { add("-" + pattern) }
        return hasher.finalize().bytes
    }
}
