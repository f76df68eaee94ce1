internal import HTTPTypes
internal import Hummingbird

/// Turns what the router itself refuses into problems.
struct ProblemMiddleware: RouterMiddleware {
    let table: RouteTable

    func handle(
        _ request: Request, context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let methods = table.methods(ofPath: request.uri.path)
            guard !methods.isEmpty else { throw Problem.notFound("nothing is at this path") }
            var problem = Problem(
                .methodNotAllowed, "this path takes \(methods.joined(separator: ", "))")
            problem.headers[.allow] = methods.joined(separator: ", ")
            throw problem
        } catch let error as any HTTPResponseError {
            throw Problem(describing: error)
        }
    }
}
