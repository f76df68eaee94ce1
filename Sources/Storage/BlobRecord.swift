public import Cryptography

/// A file's content as it is stored: its chunks and its definitions.
public struct BlobRecord: Sendable, Equatable {
    /// One chunk of the file.
    public struct Chunk: Sendable, Equatable {
        /// Its place in the file, from 0.
        public var ordinal: Int
        /// What it is: a definition's kind, or how it was cut.
        public var kind: String
        /// The qualified name of what it defines or is part of.
        public var symbol: String?
        /// Its first line, from 1.
        public var startLine: Int
        /// Its last line.
        public var endLine: Int
        /// The hash of its bytes.
        public var contentHash: SHA256Digest

        /// Makes a chunk; the parameters are its properties.
        public init(
            ordinal: Int, kind: String, symbol: String?, startLine: Int, endLine: Int,
            contentHash: SHA256Digest
        ) {
            self.ordinal = ordinal
            self.kind = kind
            self.symbol = symbol
            self.startLine = startLine
            self.endLine = endLine
            self.contentHash = contentHash
        }
    }

    /// One definition in the file.
    public struct Symbol: Sendable, Equatable {
        /// Its place among the file's definitions, from 0.
        public var ordinal: Int
        /// The chunk it begins in.
        public var chunkOrdinal: Int
        /// Its first line, from 1.
        public var startLine: Int
        /// Its last line.
        public var endLine: Int
        /// What it is, such as a function or a class.
        public var kind: String
        /// Its own name.
        public var name: String
        /// Its name with those of what encloses it.
        public var qualifiedName: String
        /// The words of the qualified name, as a binary tsvector.
        public var tokens: [UInt8]

        /// Makes a definition; the parameters are its properties.
        public init(
            ordinal: Int, chunkOrdinal: Int, startLine: Int, endLine: Int, kind: String,
            name: String, qualifiedName: String, tokens: [UInt8]
        ) {
            self.ordinal = ordinal
            self.chunkOrdinal = chunkOrdinal
            self.startLine = startLine
            self.endLine = endLine
            self.kind = kind
            self.name = name
            self.qualifiedName = qualifiedName
            self.tokens = tokens
        }
    }

    /// Which bytes, read as which language, cut by which version.
    public var key: BlobKey
    /// The size of the bytes.
    public var size: Int
    /// The chunks, in order.
    public var chunks: [Chunk]
    /// The definitions, in order.
    public var symbols: [Symbol]

    /// Makes a record; the parameters are its properties.
    public init(
        key: BlobKey, size: Int, chunks: [Chunk], symbols: [Symbol]
    ) {
        self.key = key
        self.size = size
        self.chunks = chunks
        self.symbols = symbols
    }
}
