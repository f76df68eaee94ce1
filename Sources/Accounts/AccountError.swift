/// Why something about accounts or workspaces is refused.
///
/// Neither the message nor the remedy ever holds a password, a token or a hash. The message may be
/// shown to whoever asked: it tells strangers nothing about who has an account.
public struct AccountError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on; the API answers with the status in brackets.
    public enum Code: String, Sendable, CaseIterable {
        /// Address and password do not fit, or the account is closed: the same for both (401).
        case invalidCredentials
        /// No token, or none that was made here, or of a session that ended (401).
        case tokenInvalid
        /// The token was good once (401).
        case tokenExpired
        /// The refresh token was used before: its whole session has ended (401).
        case tokenReused
        /// The address is no address, or longer than allowed (422).
        case invalidEmail
        /// The password is too short, too long, too common or the address itself (422).
        case weakPassword
        /// A name or another value is out of its range (422).
        case invalidArgument
        /// An account has that address; said only where anybody may register (409).
        case emailTaken
        /// Accounts are not made that way here (403).
        case registrationClosed
        /// The invitation does not exist, has ended, or is for another address (403).
        case invitationInvalid
        /// The role does not allow it (403).
        case forbidden
        /// There is no such user, workspace, member, key or invitation for whoever asks (404).
        case notFound
        /// The workspace would be left without an owner (409).
        case lastOwner
        /// They are a member already (409).
        case alreadyMember
        /// There are as many as allowed (409).
        case limitReached
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    public init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
