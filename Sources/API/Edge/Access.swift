internal import Accounts

/// Who may call a route; every route has to say it.
enum Access: Sendable, Equatable {
    /// Where a request names its workspace.
    enum Place: Sendable, Equatable {
        /// In the path, as `{w}`.
        case path
        /// In the query, as `workspace`.
        case query
    }

    /// Anybody: nobody is asked who they are.
    case anyone
    /// A program that proves itself in a way of its own, as GitHub by a signature.
    case system
    /// Whoever is signed in, with a session or, where that is enough, with an API key.
    case signedIn(keys: Bool)
    /// A member of the workspace that the request names, of a role or a higher one. With an API key
    /// only where a scope is named that the key has; without one, only with a session.
    case workspace(Role, Scope?, in: Place)

    /// A member of the workspace in the path.
    static func workspace(_ role: Role, _ scope: Scope?) -> Access {
        .workspace(role, scope, in: .path)
    }

    /// The rule in words, for the document.
    var description: String {
        switch self {
        case .anyone: "anyone"
        case .system: "signed"
        case .signedIn(let keys): keys ? "signed in" : "signed in, with a session"
        case .workspace(let role, let scope, _):
            "\(role.rawValue) of the workspace, "
                + (scope.map { "or API key with scope \($0.rawValue)" } ?? "with a session")
        }
    }

    /// Whether somebody has to say who they are.
    var needsPrincipal: Bool {
        switch self {
        case .anyone, .system: false
        case .signedIn, .workspace: true
        }
    }
}
