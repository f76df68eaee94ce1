import COpenSSL

/// Signs with an RSA key by PKCS #1 v1.5 over SHA-256: what JSON web tokens call RS256.
public final class RS256Signer {
    private static let smallestKeyBits: CInt = 2048

    private let key: OpaquePointer

    /// Reads a private key.
    ///
    /// - Parameter privateKey: The key in PEM, of PKCS #1 or PKCS #8, without a passphrase.
    /// - Throws: ``CryptographyError`` with code `malformedKey`.
    public init(privateKey: String) throws(CryptographyError) {
        let bytes = Array(privateKey.utf8)
        let key = bytes.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let memory = BIO_new_mem_buf(bytes.baseAddress, CInt(clamping: bytes.count))
            else { return nil }
            defer { BIO_free(memory) }
            // An answer to the question for a passphrase, so that nobody is asked on a terminal.
            return PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in 0 }, nil)
        }
        guard let key else {
            ERR_clear_error()
            throw Self.malformed
        }
        guard EVP_PKEY_is_a(key, "RSA") == 1, EVP_PKEY_get_bits(key) >= Self.smallestKeyBits else {
            EVP_PKEY_free(key)
            throw Self.malformed
        }
        self.key = key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// Returns the signature of a message.
    ///
    /// - Parameter message: What is signed.
    /// - Returns: As many bytes as the key has.
    /// - Throws: ``CryptographyError`` with code `malformedKey` where OpenSSL refuses the key.
    public func signature(of message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw Self.malformed }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard
            EVP_DigestSignInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else {
            ERR_clear_error()
            throw Self.malformed
        }
        var isSigned = false
        let signature = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            isSigned =
                EVP_DigestSign(context, buffer.baseAddress, &length, message, message.count) == 1
            count = isSigned ? length : 0
        }
        guard isSigned else {
            ERR_clear_error()
            throw Self.malformed
        }
        return signature
    }

    private static var malformed: CryptographyError {
        CryptographyError(
            .malformedKey, "that is no private RSA key of 2,048 bits or more",
            remedy: "give the PEM text of the key, without a passphrase")
    }
}
