/// Why a request over HTTP got no answer that counts.
public struct TransferError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: String, Sendable, CaseIterable {
        /// The URL, a header or the method cannot be sent.
        case invalidRequest
        /// The host's address is not one of the public internet, which is not allowed here.
        case privateAddress
        /// The host has no address or does not take connections.
        case unreachable
        /// It took too long, altogether or without a byte.
        case timedOut
        /// The host's certificate is not one to trust, or TLS failed.
        case untrustedHost
        /// The answer broke off.
        case cutOff
        /// The answer has more bytes than are allowed.
        case tooLarge
        /// The host sends one elsewhere too often, or where a request must not go.
        case refusedRedirect
        /// The caller ended it.
        case cancelled
        /// Anything else; the message says what.
        case other
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop; names the host, never a secret.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    public init(code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// Whether the same request may succeed a little later.
    public var isTransient: Bool {
        switch code {
        case .unreachable, .timedOut, .cutOff: true
        default: false
        }
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
