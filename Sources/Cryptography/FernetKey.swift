/// A key of the Fernet format: 16 bytes that sign and 16 that encrypt.
///
/// It never shows when it is printed.
public struct FernetKey: Sendable, CustomStringConvertible, CustomReflectable {
    private static let halfByteCount = 16

    let signingKey: [UInt8]
    let encryptionKey: [UInt8]

    /// Reads a key.
    ///
    /// - Parameter encoded: 32 bytes in URL-safe base 64, 44 characters with the padding.
    /// - Throws: ``CryptographyError`` with code `malformedKey`.
    public init(encoded: String) throws(CryptographyError) {
        guard let bytes = Base64URL.decode(encoded), bytes.count == 2 * Self.halfByteCount else {
            throw CryptographyError(
                .malformedKey, "a Fernet key is 32 bytes in URL-safe base 64",
                remedy: "make one with 'gitdex key generate'")
        }
        self.init(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
        signingKey = Array(bytes.prefix(Self.halfByteCount))
        encryptionKey = Array(bytes.suffix(Self.halfByteCount))
    }

    /// Makes a new key of random bytes.
    ///
    /// - Returns: The key.
    /// - Throws: ``CryptographyError`` with code `randomnessUnavailable`.
    public static func generate() throws(CryptographyError) -> FernetKey {
        FernetKey(bytes: try SecureRandom.bytes(2 * halfByteCount))
    }

    /// Returns the key in the form that ``init(encoded:)`` reads.
    ///
    /// - Returns: 44 characters; a secret.
    public func encoded() -> String { Base64URL.encode(signingKey + encryptionKey) }

    /// A placeholder; never the key.
    public var description: String { "<redacted>" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
