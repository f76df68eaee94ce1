internal import HTTPTypes
internal import Hummingbird

/// One thing the server does: where, what it is said to do, and how it does it.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// The path with its parameters in braces, as OpenAPI writes it.
    let path: String
    let operation: Operation
    /// How long it may take; nil for the limit of all routes.
    var timeLimit: Duration?
    /// Whether the last parameter takes the rest of the path, slashes and all.
    var takesRest = false
    let handle: @Sendable (APIRequest) async throws -> Response

    /// The path's parts.
    var parts: [Substring] { path.split(separator: "/") }

    /// The path as the router writes it.
    var routerPath: String {
        guard takesRest, let slash = path.lastIndex(of: "/") else { return path }
        return path[..<slash] + "/**"
    }
}
