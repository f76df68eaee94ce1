import Chunking
import Cryptography
import Embedding
import Git

/// What, besides the tree, decides which rows an index holds.
///
/// Its digest is kept with a ref. When it changes, every file is looked at again.
struct IndexRules {
    /// Raised when the classification of files or the shape of rows changes.
    static let version = 1
    /// The version of what is made of a blob: another one is cut beside this one.
    static let analysisVersion = Chunker.version * 1000 + Words.version

    let selection: PathSelection
    let embedder: EmbedderIdentity

    var digest: [UInt8] {
        var lines = [
            "rules \(Self.version) chunker \(Chunker.version) words \(Words.version)",
            "embedder \(embedder.provider) \(embedder.model) \(embedder.revision)"
                + " \(embedder.dimensions)",
        ]
        lines += selection.include.map { "+" + $0 }
        lines += selection.exclude.map { "-" + $0 }
        var hasher = SHA256Hasher()
        for line in lines { hasher.update(Array(line.utf8) + [0]) }
        return hasher.finalize().bytes
    }
}
