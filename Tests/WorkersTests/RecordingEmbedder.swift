import Embedding
import Synchronization

/// Remembers how often it was given each text.
final class RecordingEmbedder: Embedder {
    private let base: any Embedder
    private let texts = Mutex<[[UInt8]: Int]>([:])
    private let gate: Gate?

    init(_ base: any Embedder, gate: Gate? = nil) {
        self.base = base
        self.gate = gate
    }

    var identity: EmbedderIdentity { base.identity }

    /// How many texts were given.
    var count: Int { texts.withLock { $0.values.reduce(0, +) } }

    /// How many texts were given more than once.
    var repeated: Int { texts.withLock { $0.values.count { $0 > 1 } } }

    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] {
        self.texts.withLock { seen in
            for text in texts { seen[text, default: 0] += 1 }
        }
        gate?.pass()
        return try base.embed(texts, as: role)
    }
}
