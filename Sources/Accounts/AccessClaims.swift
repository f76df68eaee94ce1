/// What an access token says, once its signature and its times are checked.
public struct AccessClaims: Sendable, Equatable {
    /// The user's public id.
    public let subject: String
    /// The session's public id.
    public let session: String
    /// When it was signed, in seconds since 1970.
    public let issuedAt: Int
    /// When it ends, in seconds since 1970.
    public let expiresAt: Int
}
