import Cryptography
import Embedding
import Storage
import Synchronization
import Syntax

/// What all workers of one run share.
final class RunContext: Sendable {
    let grammars: GrammarLibrary
    let embedder: any Embedder
    /// The number of the embedder in the database.
    let embedderID: Int
    /// Whether the database held no text at all when the run began.
    let beganEmpty: Bool
    /// Whether blobs that are stored are cut again.
    let ignoresStoredBlobs: Bool
    let texts = Claims<SHA256Digest>()
    let blobs = Claims<BlobKey>()
    let unreadable = UnreadableFiles()
    private let embeddedCount = Mutex(0)

    init(
        grammars: GrammarLibrary, embedder: any Embedder, embedderID: Int, beganEmpty: Bool,
        ignoresStoredBlobs: Bool
    ) {
        self.grammars = grammars
        self.embedder = embedder
        self.embedderID = embedderID
        self.beganEmpty = beganEmpty
        self.ignoresStoredBlobs = ignoresStoredBlobs
    }

    /// Says that a worker failed, so that nobody waits for what it claimed.
    func abandon() {
        texts.abandon()
        blobs.abandon()
    }

    /// Embeds texts and counts them.
    func embed(_ texts: [[UInt8]]) throws -> [EmbeddingVector] {
        guard !texts.isEmpty else { return [] }
        embeddedCount.withLock { $0 += texts.count }
        return try embedder.embed(texts, as: .passage)
    }

    /// How many texts were sent to the embedder.
    var embedded: Int { embeddedCount.withLock { $0 } }
}
