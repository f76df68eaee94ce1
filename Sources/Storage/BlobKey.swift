public import Git

/// What chunks belong to: the bytes of a file, read as one language.
public struct BlobKey: Hashable, Sendable {
    /// The git object that holds the bytes.
    public var oid: ObjectID
    /// The language they are read as.
    public var language: String

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - oid: The git object that holds the bytes.
    ///   - language: The language they are read as.
    public init(oid: ObjectID, language: String) {
        self.oid = oid
        self.language = language
    }
}
