/// Why a key, a token or the source of randomness cannot be used.
///
/// Neither the message nor the remedy ever holds a key, a token or what was encrypted.
public struct CryptographyError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on.
    public enum Code: Sendable, Hashable {
        /// A key does not have the form that it needs.
        case malformedKey
        /// A token does not have the form that it needs.
        case malformedToken
        /// No key at hand has made the token, or it was changed.
        case unauthenticToken
        /// The token is too old, or from the future.
        case expiredToken
        /// The system gives no random bytes.
        case randomnessUnavailable
        /// No key can be derived from a password.
        case derivationFailed
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    static var malformedToken: CryptographyError {
        CryptographyError(
            .malformedToken, "an encrypted value is damaged",
            remedy: "enter the secret that it held anew")
    }

    static var unauthenticToken: CryptographyError {
        CryptographyError(
            .unauthenticToken, "an encrypted value was not made with any of the keys at hand",
            remedy: "set ENCRYPTION_KEY to the key that was used before")
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
