import Cryptography
import Git
import Storage

/// What the index must hold of one file, computed from git.
struct ExpectedFile {
    let file: RefFileRecord
    let pathTokens: [UInt8]
    /// The file's chunks, where it has any.
    var blob: BlobRecord?
    /// The texts of the chunks.
    var contents: [ContentRecord] = []
    /// Their vectors.
    var embeddings: [EmbeddingRecord] = []
}
