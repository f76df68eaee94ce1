internal import HTTPTypes
internal import Hummingbird

/// Lets the pages of named origins call the API from a browser, and no others.
///
/// Cookies are never allowed across origins: such a page sends a token of its own in
/// `Authorization`.
struct CrossOrigin: Sendable {
    private static let methods = "GET, HEAD, POST, PATCH, DELETE"
    private static let requestFields =
        "Authorization, Content-Type, If-None-Match, Last-Event-ID, X-Request-ID"
    private static let responseFields = """
        ETag, Location, Retry-After, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, \
        RateLimit-Reset, X-Request-ID
        """
    private static let rememberedSeconds = 600

    /// The origins, as browsers write them, in lower case.
    let origins: Set<String>

    /// The answer to a browser's question whether a request may be sent; nil where it asks none.
    func answer(to request: Request) -> Response? {
        guard request.method == .options,
            request.headers[.accessControlRequestMethod] != nil, isAllowed(request)
        else { return nil }
        var response = Answer.empty(.noContent)
        response.headers[.accessControlAllowMethods] = Self.methods
        response.headers[.accessControlAllowHeaders] = Self.requestFields
        response.headers[.accessControlMaxAge] = String(Self.rememberedSeconds)
        return response
    }

    /// Says in an answer whether the page that asked may read it.
    func add(to headers: inout HTTPFields, for request: Request) {
        guard !origins.isEmpty else { return }
        headers.append(HTTPField(name: .vary, value: "origin"))
        guard isAllowed(request), let origin = request.headers[.origin] else { return }
        headers[.accessControlAllowOrigin] = origin
        headers[.accessControlExposeHeaders] = Self.responseFields
        headers[.resourcePolicy] = "cross-origin"
    }

    private func isAllowed(_ request: Request) -> Bool {
        request.headers[.origin].map { origins.contains($0.lowercased()) } ?? false
    }
}
