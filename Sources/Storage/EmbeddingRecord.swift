public import Cryptography

/// The vector of a distinct text.
public struct EmbeddingRecord: Sendable, Equatable {
    /// The hash of the text.
    public var hash: SHA256Digest
    /// The vector's components.
    public var components: [Float16]

    /// Makes a record; the parameters are its properties.
    public init(hash: SHA256Digest, components: [Float16]) {
        self.hash = hash
        self.components = components
    }
}
