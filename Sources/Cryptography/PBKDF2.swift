import COpenSSL

/// Keys from passwords: PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2), as slow as its rounds say.
public enum PBKDF2 {
    /// Derives a key.
    ///
    /// Costs `rounds` HMACs for each 32 bytes: 600,000 take a few tenths of a second.
    ///
    /// - Parameters:
    ///   - password: The password; may be empty.
    ///   - salt: What makes equal passwords differ.
    ///   - rounds: How often HMAC runs; at least 1.
    ///   - byteCount: The length of the key; at least 1.
    /// - Returns: The key.
    /// - Throws: ``CryptographyError`` with code `derivationFailed` when OpenSSL refuses.
    public static func deriveKey(
        password: [UInt8], salt: [UInt8], rounds: Int, byteCount: Int = 32
    ) throws(CryptographyError) -> [UInt8] {
        var isDone = false
        guard rounds > 0, rounds <= Int(CInt.max), byteCount > 0, byteCount <= 1 << 16,
            password.count <= 1 << 20, salt.count <= 1 << 16
        else { throw .derivationFailed }
        let key = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            output.initialize(repeating: 0)
            count = byteCount
            isDone = password.withUnsafeBytes { password in
                // OpenSSL takes a missing address with a length of 0 for an empty password.
                PKCS5_PBKDF2_HMAC(
                    password.baseAddress?.assumingMemoryBound(to: CChar.self),
                    CInt(password.count), salt, CInt(salt.count), CInt(rounds),
                    SHA256Algorithm.shared.pointer, CInt(byteCount), output.baseAddress) == 1
            }
        }
        guard isDone else {
            ERR_clear_error()
            throw .derivationFailed
        }
        return key
    }
}

extension CryptographyError {
    static var derivationFailed: CryptographyError {
        CryptographyError(
            .derivationFailed, "OpenSSL refused to derive a key from a password",
            remedy: "check that its configuration allows PBKDF2 with SHA-256")
    }
}
