/// A lower-cased, stemmed term as the lexical index stores it.
public struct Lexeme: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The longest lexeme; longer words are left out of the index.
    public static let maximumBytes = 64

    /// Its bytes, in UTF-8.
    public let bytes: [UInt8]

    /// Makes a lexeme of bytes that are already lower-cased and stemmed.
    ///
    /// - Parameter bytes: The bytes, in UTF-8.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Its text.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Compares byte by byte, a prefix first: the order of a `tsvector`.
    ///
    /// - Parameters:
    ///   - left: One lexeme.
    ///   - right: Another.
    /// - Returns: Whether `left` comes first.
    public static func < (left: Lexeme, right: Lexeme) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
