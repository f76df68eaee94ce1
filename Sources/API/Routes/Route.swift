internal import HTTPTypes
internal import Hummingbird

/// One thing the server does: where, what it is said to do, and how it does it.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// The path with its parameters in braces, as OpenAPI writes it.
    let path: String
    /// Who may call it.
    let access: Access
    let operation: Operation
    /// How long it may take; nil for the limit of all routes.
    var timeLimit: Duration?
    /// Whether the last parameter takes the rest of the path, slashes and all.
    var takesRest = false
    /// What calls of it count against.
    var throttling = Throttling.address
    let handle: @Sendable (APIRequest) async throws -> Response

    /// What calls of a route count against.
    enum Throttling: Sendable {
        /// Nothing: probes of its health must always come through.
        case none
        /// The requests of the address, and of whoever turns out to ask.
        case address
        /// The logins of the address besides.
        case login
        /// The failures of the address, which stop it before anything is read.
        case failures
    }

    /// The path's parts.
    var parts: [Substring] { path.split(separator: "/") }

    /// The path as the router writes it.
    var routerPath: String {
        guard takesRest, let slash = path.lastIndex(of: "/") else { return path }
        return path[..<slash] + "/**"
    }
}
