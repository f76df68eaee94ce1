import COpenSSL

/// Random bytes that nobody can foresee, from OpenSSL's generator.
public enum SecureRandom {
    /// Returns random bytes.
    ///
    /// - Parameter count: How many.
    /// - Returns: The bytes.
    /// - Throws: ``CryptographyError`` with code `randomnessUnavailable`.
    public static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        guard count > 0 else { return [] }
        var isFilled = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            buffer.initialize(repeating: 0)
            isFilled = RAND_bytes(buffer.baseAddress, CInt(count)) == 1
            filled = count
        }
        guard isFilled else {
            throw CryptographyError(
                .randomnessUnavailable, "the system gives no random bytes",
                remedy: "make /dev/urandom or getrandom available to this process")
        }
        return bytes
    }
}
