/// What a closure of ``APIServices`` throws to say no to a client in its own words.
public struct APIRefusal: Error, Sendable {
    /// The kinds of no.
    public enum Kind: Sendable {
        /// A value of the request is wrong: 400.
        case invalid
        /// What it speaks of is not there: 404.
        case notFound
        /// The state does not allow it: 409.
        case conflict
        /// It is not allowed: 403.
        case forbidden
        /// What is needed for it cannot be reached: 503.
        case unavailable
    }

    /// The kind of no.
    public let kind: Kind
    /// What the client reads; must hold no secret.
    public let message: String

    /// Makes a refusal.
    ///
    /// - Parameters:
    ///   - kind: The kind of no.
    ///   - message: What the client reads; must hold no secret.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
