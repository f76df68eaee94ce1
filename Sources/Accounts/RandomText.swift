internal import Cryptography

/// Texts of chance: ids that say nothing, and tokens that nobody can guess.
enum RandomText {
    private static let idByteCount = 13
    private static let tokenByteCount = 32
    private static let idLetters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// An id for addresses and answers: a letter for its kind, then 100 bits as letters and digits.
    static func id(_ kind: Character) throws(CryptographyError) -> String {
        let bytes = try SecureRandom.bytes(idByteCount)
        var text = String(kind)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.unicodeScalars.append(Unicode.Scalar(idLetters[Int(bits >> count & 31)]))
            }
        }
        return text
    }

    /// A token: 32 random bytes in URL-safe base 64, after what says what it is.
    static func token(prefix: String = "") throws(CryptographyError) -> String {
        prefix + Base64URL.encodeUnpadded(try SecureRandom.bytes(tokenByteCount))
    }

    /// Whether a text has the form of such a token.
    static func isToken(_ text: String, prefix: String = "") -> Bool {
        guard text.utf8.count <= 100, text.hasPrefix(prefix) else { return false }
        return Base64URL.decodeUnpadded(text.dropFirst(prefix.count))?.count == tokenByteCount
    }

    /// What is stored of a token.
    static func hash(_ token: String) -> [UInt8] {
        SHA256Digest.of(Array(token.utf8)).bytes
    }
}
