/// How tokens are encrypted before they are stored, and read again.
public struct TokenCipher: Sendable {
    /// Encrypts a text.
    public let encrypt: @Sendable (_ clear: [UInt8]) throws -> String
    /// Decrypts what ``encrypt`` gave.
    public let decrypt: @Sendable (_ encrypted: String) throws -> [UInt8]

    /// Makes a cipher of two closures.
    ///
    /// - Parameters:
    ///   - encrypt: Encrypts a text.
    ///   - decrypt: Decrypts what `encrypt` gave.
    public init(
        encrypt: @escaping @Sendable (_ clear: [UInt8]) throws -> String,
        decrypt: @escaping @Sendable (_ encrypted: String) throws -> [UInt8]
    ) {
        self.encrypt = encrypt
        self.decrypt = decrypt
    }

    func encrypted(_ text: String) throws -> String { try encrypt(Array(text.utf8)) }

    func decrypted(_ text: String) throws(GitHubError) -> HiddenText {
        do {
            return HiddenText(String(decoding: try decrypt(text), as: UTF8.self))
        } catch {
            throw GitHubError(
                code: .secretUnreadable,
                message: "a stored GitHub token cannot be decrypted",
                remedy: "put the key that it was encrypted with into ENCRYPTION_KEY, or connect "
                    + "GitHub again")
        }
    }
}
