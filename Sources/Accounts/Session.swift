/// A session that was just opened or went on: what ``AccessTokenSigner`` makes a token pair of.
public struct Session: Sendable {
    /// Who has signed in.
    public let user: User
    /// Its id: that of the family that all its refresh tokens belong to.
    public let id: String
    /// The refresh token, good for one use; stored as a hash only.
    public let refreshToken: String
}
