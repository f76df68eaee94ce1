public import Cryptography

/// A distinct text as it is stored, with its words.
public struct ContentRecord: Sendable, Equatable {
    /// The hash of the bytes in git.
    public var hash: SHA256Digest
    /// The version of the rules that its words were found by.
    public var wordsVersion: Int
    /// How many words it has.
    public var tokenCount: Int
    /// The words and where they stand, as a binary tsvector.
    public var tokens: [UInt8]
    /// The text: the bytes with what is not UTF-8 replaced.
    public var body: [UInt8]

    /// Makes a record; the parameters are its properties.
    public init(
        hash: SHA256Digest, wordsVersion: Int, tokenCount: Int, tokens: [UInt8], body: [UInt8]
    ) {
        self.hash = hash
        self.wordsVersion = wordsVersion
        self.tokenCount = tokenCount
        self.tokens = tokens
        self.body = body
    }
}
