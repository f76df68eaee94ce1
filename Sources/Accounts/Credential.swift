/// What a request shows, checked as far as that goes without the database.
///
/// ``AccessTokenSigner/credential(bearer:)`` makes it, ``AccountService/authenticate(_:)`` asks the
/// database about it.
public enum Credential: Sendable {
    /// A signed token that is not expired.
    case access(AccessClaims)
    /// Text with the form of an API key.
    case apiKey(String)
}
