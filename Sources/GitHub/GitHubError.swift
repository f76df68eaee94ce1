/// Why GitHub did not do what was asked of it.
public struct GitHubError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: String, Sendable, CaseIterable {
        /// No OAuth client or app is set up on this server.
        case notConfigured
        /// The workspace has no GitHub account.
        case notConnected
        /// The state of a sign-in is unknown, used, too old, or another browser's.
        case stateInvalid
        /// The user refused at GitHub, or the code that came back does not count.
        case signInRefused
        /// GitHub does not take the token any more.
        case tokenInvalid
        /// The token may not do that.
        case forbidden
        /// There is no such thing, or it is hidden from the token.
        case notFound
        /// The thing is gone, or that part of GitHub is switched off there.
        case gone
        /// GitHub finds what was sent wrong.
        case rejected
        /// A rate limit is used up; ``GitHubError/retryAfter`` says for how long.
        case rateLimited
        /// GitHub could not be reached or was out of order.
        case unavailable
        /// GitHub's answer is not what it is documented to be.
        case malformedAnswer
        /// The address of GitHub lies in a private network, which is not allowed.
        case privateAddress
        /// The stored token cannot be decrypted.
        case secretUnreadable
        /// The caller ended it.
        case cancelled
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop; holds no secret.
    public let message: String
    /// What the user can do about it.
    public let remedy: String
    /// For how long GitHub wants to be left alone, where it said so.
    public var retryAfter: Duration?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    ///   - retryAfter: For how long GitHub wants to be left alone.
    public init(code: Code, message: String, remedy: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.retryAfter = retryAfter
    }

    /// Whether the same may succeed a little later.
    public var isTransient: Bool { code == .unavailable || code == .rateLimited }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
