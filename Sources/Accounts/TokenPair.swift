/// What a client gets that signed in.
public struct TokenPair: Sendable {
    /// The signed token that every request carries.
    public let accessToken: String
    /// For how many seconds the access token is good.
    public let expiresIn: Int
    /// What the next pair is had for, once.
    public let refreshToken: String
}
