internal import HTTPTypes
internal import Hummingbird
internal import Tracing

/// The span of a request: below the client's, where its headers name one as the tracing backend
/// reads them (W3C's `traceparent`, with most).
///
/// Hummingbird's own middleware would write down the query, and with it what people search for.
/// Without a backend nothing is recorded.
enum RequestSpan {
    private struct Fields: Extractor {
        func extract(key: String, from fields: HTTPFields) -> String? {
            HTTPField.Name(key).flatMap { fields[$0] }
        }
    }

    /// Runs the work of a request within its span.
    ///
    /// - Throws: What the work throws.
    static func run(
        _ request: Request, route: String, _ body: () async throws -> Response
    ) async throws -> Response {
        var context = ServiceContext.current ?? .topLevel
        InstrumentationSystem.instrument.extract(
            request.headers, into: &context, using: Fields())
        let method =
            HTTPRequest.Method.known.contains(request.method) ? request.method.rawValue : "other"
        return try await withSpan("\(method) \(route)", context: context, ofKind: .server) { span in
            span.attributes["http.request.method"] = method
            span.attributes["http.route"] = route
            do {
                let response = try await body()
                span.attributes["http.response.status_code"] = response.status.code
                return response
            } catch {
                let status = Problem(describing: error).kind.status
                span.attributes["http.response.status_code"] = status
                throw error
            }
        }
    }
}
