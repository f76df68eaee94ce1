/// What tells the vectors of one embedder from those of another.
///
/// Vectors may be compared only where the identities are equal.
public struct EmbedderIdentity: Hashable, Sendable {
    /// The kind of embedder: `static`, `openai`.
    public let provider: String
    /// The model's name.
    public let model: String
    /// What changes whenever the model's vectors do.
    public let revision: String
    /// The length of a vector.
    public let dimensions: Int
    /// The most tokens of one text that count; the rest is cut off.
    public let tokenLimit: Int

    /// Makes an identity.
    ///
    /// - Parameters:
    ///   - provider: The kind of embedder.
    ///   - model: The model's name.
    ///   - revision: What changes whenever the model's vectors do.
    ///   - dimensions: The length of a vector.
    ///   - tokenLimit: The most tokens of one text that count.
    public init(
        provider: String, model: String, revision: String, dimensions: Int, tokenLimit: Int
    ) {
        self.provider = provider
        self.model = model
        self.revision = revision
        self.dimensions = dimensions
        self.tokenLimit = tokenLimit
    }
}
