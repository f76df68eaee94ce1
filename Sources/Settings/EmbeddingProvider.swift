/// The embedders that `EMBEDDING_PROVIDER` can name.
public enum EmbeddingProvider: String, Sendable, CaseIterable {
    /// The static model that ships with gitdex: no network, no other service.
    case `static`
    /// Any service with OpenAI's embeddings interface.
    case openai
}
