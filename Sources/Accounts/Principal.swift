/// Who asks.
public enum Principal: Sendable, Equatable {
    /// A user who has signed in, and the session's public id.
    case user(User, session: String)
    /// A program with an API key of a user, which works in one workspace, by its number.
    case apiKey(user: User, workspace: Int, scopes: Set<Scope>, keyID: String)
    /// Whoever works on this machine: the command line, and a server with `--local`.
    case local

    /// The user behind it; nil for this machine.
    public var user: User? {
        switch self {
        case .user(let user, _), .apiKey(let user, _, _, _): user
        case .local: nil
        }
    }

    /// Whether it may use a scope.
    ///
    /// Only keys are confined.
    ///
    /// - Parameter scope: What is to be done.
    /// - Returns: Whether its key has the scope, where it is a key.
    public func allows(_ scope: Scope) -> Bool {
        switch self {
        case .user, .local: true
        case .apiKey(_, _, let scopes, _): scopes.contains(scope)
        }
    }

    /// How the audit log names it: `user:…`, `key:…` or `local`.
    public var actor: String {
        switch self {
        case .user(let user, _): "user:\(user.publicID)"
        case .apiKey(_, _, _, let keyID): "key:\(keyID)"
        case .local: "local"
        }
    }
}
