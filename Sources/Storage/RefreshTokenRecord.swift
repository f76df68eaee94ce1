/// A refresh token as it stands just now, with its session and its user.
public struct RefreshTokenRecord: Sendable, Equatable {
    /// The session's number.
    public var session: Int
    /// The session's id outside.
    public var sessionPublicID: String
    /// Whose session it is.
    public var user: UserRecord
    /// Whether the token was used before.
    public var isUsed: Bool
    /// Whether the session was ended.
    public var isEnded: Bool
    /// Whether the token's or the session's time is over.
    public var isExpired: Bool
}
