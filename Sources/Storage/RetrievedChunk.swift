public import Cryptography
public import Git

/// The name of a distinct text: the hash of its bytes.
public typealias TextHash = SHA256Digest

/// A chunk of a file of a ref, as a search finds it.
public struct RetrievedChunk: Sendable, Hashable {
    /// The number of the ref whose tree holds the file.
    public var ref: Int
    /// The file's path.
    public var path: GitPath
    /// The file's bytes.
    public var oid: ObjectID
    /// The language the file is read as.
    public var language: String
    /// The chunk's place in the file, from 0.
    public var ordinal: Int
    /// What it is: a definition's kind, or how it was cut.
    public var kind: String
    /// The qualified name of what it defines or is part of.
    public var symbol: String?
    /// Its first line, from 1.
    public var startLine: Int
    /// Its last line.
    public var endLine: Int
    /// Its text.
    public var text: TextHash

    /// Makes a chunk; the parameters are its properties.
    public init(
        ref: Int, path: GitPath, oid: ObjectID, language: String, ordinal: Int, kind: String,
        symbol: String?, startLine: Int, endLine: Int, text: TextHash
    ) {
        self.ref = ref
        self.path = path
        self.oid = oid
        self.language = language
        self.ordinal = ordinal
        self.kind = kind
        self.symbol = symbol
        self.startLine = startLine
        self.endLine = endLine
        self.text = text
    }
}
