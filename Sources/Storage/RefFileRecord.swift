public import Git

/// A file of a ref's tree.
public struct RefFileRecord: Sendable, Equatable {
    /// Its path from the root of the tree.
    public var path: GitPath
    /// Its object: a blob, or the commit of a submodule.
    public var oid: ObjectID
    /// Its mode, as git has it.
    public var mode: FileMode
    /// The language it is read as.
    public var language: String
    /// The version of the program's analysis whose chunks it shows.
    public var version: Int
    /// Why it has no chunks, or nil.
    public var skippedReason: SkipReason?

    /// Makes a record; the parameters are its properties.
    public init(
        path: GitPath, oid: ObjectID, mode: FileMode, language: String, version: Int,
        skippedReason: SkipReason?
    ) {
        self.path = path
        self.oid = oid
        self.mode = mode
        self.language = language
        self.version = version
        self.skippedReason = skippedReason
    }

    /// The key of its chunks, where it has any.
    public var blobKey: BlobKey? {
        skippedReason == nil ? BlobKey(oid: oid, language: language, version: version) : nil
    }
}
