public import Git

/// What chunks belong to: the bytes of a file, read as one language.
public struct BlobKey: Hashable, Sendable {
    /// The git object that holds the bytes.
    public var oid: ObjectID
    /// The language they are read as.
    public var language: String
    /// The version of the program's analysis that cuts them.
    public var version: Int

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - oid: The git object that holds the bytes.
    ///   - language: The language they are read as.
    ///   - version: The version of the program's analysis that cuts them.
    public init(oid: ObjectID, language: String, version: Int) {
        self.oid = oid
        self.language = language
        self.version = version
    }
}
