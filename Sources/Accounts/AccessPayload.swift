internal import JWTKit

/// The claims of an access token as they travel (RFC 7519).
///
/// What they must be is checked by
/// ``AccessTokenSigner``, which knows the clock and the audience.
struct AccessPayload: JWTPayload {
    let iss: String
    let aud: String
    let sub: String
    let sid: String
    let iat: Int
    let nbf: Int
    let exp: Int

    func verify(using algorithm: some JWTAlgorithm) {}
}
