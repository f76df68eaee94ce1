import Embedding
import Tracing

/// The spans of what a job waits for; without a tracing backend nothing is recorded.
enum WorkSpan {
    /// Runs an exchange with a remote within its span.
    static func remote<R>(
        _ name: String, repository: String, _ body: () throws -> R
    ) rethrows -> R {
        try withSpan(name, ofKind: .client) { span in
            span.attributes["gitdex.repository"] = repository
            return try body()
        }
    }
}

/// Gives each batch of texts that a job embeds a span below the job's, whichever thread of its run
/// embeds it.
struct TracedEmbedder: Embedder {
    private let embedder: any Embedder
    private let context: ServiceContext

    /// Takes the span of the calling thread as the one above.
    init(_ embedder: any Embedder) {
        self.embedder = embedder
        context = ServiceContext.current ?? .topLevel
    }

    var identity: EmbedderIdentity { embedder.identity }

    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] {
        try withSpan("embed", context: context) { span in
            span.attributes["gitdex.texts"] = texts.count
            return try embedder.embed(texts, as: role)
        }
    }
}
