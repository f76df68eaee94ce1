#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Secrets at rest in the Fernet format: AES-128-CBC, then HMAC-SHA-256 over all of it.
///
/// The first key encrypts and every key decrypts, so that a key can be changed while values of the
/// one before are still stored.
public struct Fernet: Sendable {
    private static let version: UInt8 = 0x80
    private static let headByteCount = 9
    private static let clockSkewSeconds = 60

    let keys: [FernetKey]

    /// Makes a box from its keys.
    ///
    /// - Parameter keys: The key that encrypts, then older ones; without any, nothing works.
    public init(keys: [FernetKey]) {
        self.keys = keys
    }

    /// Encrypts bytes.
    ///
    /// - Parameter bytes: The secret.
    /// - Returns: The token, in URL-safe base 64.
    /// - Throws: ``CryptographyError``.
    public func encrypt(_ bytes: [UInt8]) throws(CryptographyError) -> String {
        try encrypt(
            bytes, at: time(nil), vector: try SecureRandom.bytes(AES128CBC.blockByteCount))
    }

    /// Decrypts a token.
    ///
    /// - Parameters:
    ///   - token: What ``encrypt(_:)`` or another program has made.
    ///   - timeToLiveSeconds: The greatest age that is accepted; nil for any.
    /// - Returns: The secret.
    /// - Throws: ``CryptographyError`` with code `malformedToken`, `unauthenticToken` or
    ///   `expiredToken`.
    public func decrypt(
        _ token: String, timeToLiveSeconds: Int? = nil
    ) throws(CryptographyError) -> [UInt8] {
        try decrypt(token, timeToLiveSeconds: timeToLiveSeconds, at: time(nil))
    }

    func encrypt(
        _ bytes: [UInt8], at seconds: Int, vector: [UInt8]
    ) throws(CryptographyError) -> String {
        guard let key = keys.first else {
            throw CryptographyError(
                .malformedKey, "there is no key to encrypt with",
                remedy: "set ENCRYPTION_KEY to one made with 'gitdex key generate'")
        }
        let cipher = AES128CBC.shared.encrypt(bytes, key: key.encryptionKey, vector: vector)
        guard let cipher else {
            throw CryptographyError(
                .malformedKey, "OpenSSL could not encrypt",
                remedy: "make a new key with 'gitdex key generate'")
        }
        var token = [Self.version]
        withUnsafeBytes(of: UInt64(bitPattern: Int64(seconds)).bigEndian) {
            token.append(contentsOf: $0)
        }
        token += vector + cipher
        token += HMACSHA256.authenticationCode(of: token, key: key.signingKey)
        return Base64URL.encode(token)
    }

    func decrypt(
        _ token: String, timeToLiveSeconds: Int?, at now: Int
    ) throws(CryptographyError) -> [UInt8] {
        let smallest =
            Self.headByteCount + 2 * AES128CBC.blockByteCount + HMACSHA256.byteCount
        guard let bytes = Base64URL.decode(token), bytes.count >= smallest,
            bytes[0] == Self.version
        else { throw .malformedToken }
        let signed = Array(bytes.dropLast(HMACSHA256.byteCount))
        let code = Array(bytes.suffix(HMACSHA256.byteCount))
        let key = keys.first {
            ConstantTime.areEqual(
                HMACSHA256.authenticationCode(of: signed, key: $0.signingKey), code)
        }
        guard let key else { throw .unauthenticToken }
        if let timeToLiveSeconds {
            let made = bytes[1..<Self.headByteCount].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let seconds = Int(clamping: made)
            guard seconds <= now + Self.clockSkewSeconds, now - seconds <= timeToLiveSeconds
            else {
                throw CryptographyError(
                    .expiredToken, "an encrypted value is too old or from the future",
                    remedy: "ask for it anew, and see that the clocks agree")
            }
        }
        let start = Self.headByteCount + AES128CBC.blockByteCount
        let clear = AES128CBC.shared.decrypt(
            Array(signed[start...]), key: key.encryptionKey,
            vector: Array(signed[Self.headByteCount..<start]))
        guard let clear else { throw .malformedToken }
        return clear
    }
}
