internal import Cryptography
internal import JWTKit

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Signs and checks access tokens: JSON web tokens with HS256 and nothing else.
///
/// The first secret signs and every secret checks, so that one can be changed while tokens of the
/// one before are still good. A token says for how long and for whom it is good; whether its session
/// goes on is for ``AccountService/authenticate(_:)`` to ask.
public struct AccessTokenSigner: Sendable {
    /// The fewest bytes of a secret.
    public static let secretByteCount = 32
    private static let clockSkewSeconds = 60
    private static let keyIDByteCount = 8

    private let keys: JWTKeyCollection
    private let keyIDs: [String]
    private let issuer: String
    private let audience: String
    private let lifetimeSeconds: Int
    private let now: @Sendable () -> Int

    /// Makes a signer; a process needs one.
    ///
    /// - Parameters:
    ///   - secrets: The secret that signs, then older ones; each of at least 32 bytes.
    ///   - issuer: Who signs.
    ///   - audience: For whom tokens are.
    ///   - lifetimeSeconds: For how long a token is good.
    /// - Throws: ``AccountError`` with code `invalidArgument` when there is no secret or one is too
    ///   short.
    public init(
        secrets: [[UInt8]], issuer: String, audience: String = "gitdex", lifetimeSeconds: Int = 600
    ) async throws {
        try await self.init(
            secrets: secrets, issuer: issuer, audience: audience, lifetimeSeconds: lifetimeSeconds
        ) { time(nil) }
    }

    init(
        secrets: [[UInt8]], issuer: String, audience: String, lifetimeSeconds: Int,
        now: @escaping @Sendable () -> Int
    ) async throws {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.secretByteCount }) else {
            throw AccountError(
                .invalidArgument,
                "the secret of access tokens has fewer than \(Self.secretByteCount) bytes",
                remedy: "set JWT_SECRET to what 'gitdex key generate' prints")
        }
        keys = JWTKeyCollection()
        keyIDs = secrets.map(Self.keyID)
        for (secret, keyID) in zip(secrets, keyIDs) {
            await keys.add(
                hmac: HMACKey(from: secret), digestAlgorithm: .sha256,
                kid: JWKIdentifier(string: keyID))
        }
        self.issuer = issuer
        self.audience = audience
        self.lifetimeSeconds = lifetimeSeconds
        self.now = now
    }

    /// The id of a secret in the heads of tokens: the beginning of its hash.
    static func keyID(of secret: [UInt8]) -> String {
        Base64URL.encodeUnpadded(Array(SHA256Digest.of(secret).bytes.prefix(keyIDByteCount)))
    }

    /// Makes what a client gets that signed in.
    ///
    /// - Parameter session: The session.
    /// - Returns: The access token, for how long it is good, and the refresh token.
    /// - Throws: What the library said.
    public func tokenPair(for session: Session) async throws -> TokenPair {
        TokenPair(
            accessToken: try await sign(subject: session.user.publicID, session: session.id),
            expiresIn: lifetimeSeconds, refreshToken: session.refreshToken)
    }

    func sign(subject: String, session: String) async throws -> String {
        let now = now()
        let payload = AccessPayload(
            iss: issuer, aud: audience, sub: subject, sid: session, iat: now, nbf: now,
            exp: now + lifetimeSeconds)
        return try await keys.sign(payload, kid: JWKIdentifier(string: keyIDs[0]))
    }

    /// Checks what stands behind `Bearer` in a request's `Authorization`.
    ///
    /// Costs no look at the database.
    ///
    /// - Parameter bearer: An access token or an API key.
    /// - Returns: What it shows so far.
    /// - Throws: ``AccountError`` with code `tokenInvalid` or `tokenExpired`.
    public func credential(bearer: String) async throws(AccountError) -> Credential {
        if bearer.hasPrefix(APIKey.textPrefix) {
            guard RandomText.isToken(bearer, prefix: APIKey.textPrefix) else { throw .tokenInvalid }
            return .apiKey(bearer)
        }
        return .access(try await verify(bearer))
    }

    /// Checks an access token.
    ///
    /// - Parameter token: The token.
    /// - Returns: What it says.
    /// - Throws: ``AccountError`` with code `tokenInvalid` or `tokenExpired`.
    public func verify(_ token: String) async throws(AccountError) -> AccessClaims {
        guard let keyID = AccessTokenHeader.keyID(of: token), keyIDs.contains(keyID) else {
            throw .tokenInvalid
        }
        let payload: AccessPayload
        do {
            payload = try await keys.verify(token, as: AccessPayload.self)
        } catch {
            throw .tokenInvalid
        }
        let now = now()
        guard payload.iss == issuer, payload.aud == audience,
            payload.iat <= now + Self.clockSkewSeconds, payload.nbf <= now + Self.clockSkewSeconds,
            payload.iat <= payload.exp
        else { throw .tokenInvalid }
        // No grace at the end: the same clock has signed it, or one that is a little off.
        guard payload.exp > now else {
            throw AccountError(
                .tokenExpired, "the access token has expired",
                remedy: "get a new one with the refresh token")
        }
        return AccessClaims(
            subject: payload.sub, session: payload.sid, issuedAt: payload.iat,
            expiresAt: payload.exp)
    }
}
