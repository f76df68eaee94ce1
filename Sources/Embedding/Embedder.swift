/// Turns texts into vectors whose cosine tells how near they are in meaning.
///
/// Calls block; make them on a thread of your own, never on the cooperative pool.
public protocol Embedder: Sendable {
    /// What tells this embedder's vectors from others.
    var identity: EmbedderIdentity { get }

    /// Embeds texts.
    ///
    /// - Parameters:
    ///   - texts: The texts, in UTF-8 or nearly so.
    ///   - role: Whether they are searched or searched for.
    /// - Returns: One vector a text, in order.
    /// - Throws: ``EmbeddingError`` when the embedder cannot be reached or fails.
    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector]
}
