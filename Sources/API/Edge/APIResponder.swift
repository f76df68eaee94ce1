internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics

/// What every request goes through: its id, the gate, its time limit, and a line in the log.
struct APIResponder: HTTPResponder {
    let router: RouterResponder<APIContext>
    let gatekeeper: Gatekeeper
    let addresses: ClientAddresses
    let crossOrigin: CrossOrigin
    let security: SecurityHeaders
    let table: RouteTable
    let logger: Logger
    let times: RequestTimes

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestIdentifier.accept(request.headers[.requestID])
        context.bodyTime = times.body
        context.client = addresses.address(peer: context.peer, request.headers)
        var response: Response
        do {
            let route = table.template(ofPath: request.uri.path) ?? "none"
            response = try await RequestSpan.run(request, route: route) {
                try await answer(request, context)
            }
        } catch {
            let problem = Problem(describing: error)
            if problem.kind == .failure || problem.kind == .unavailable {
                logger.error(
                    "a request failed",
                    metadata: [
                        "request_id": "\(context.requestID)",
                        "error": "\(String(describing: error))",
                    ])
            }
            response = problem.response(requestID: context.requestID)
        }
        response.headers[.requestID] = context.requestID
        security.add(to: &response.headers)
        crossOrigin.add(to: &response.headers, for: request)
        log(request, response, context, duration: ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request, _ context: APIContext) async throws -> Response {
        try gatekeeper.check(request)
        if let response = crossOrigin.answer(to: request) { return response }
        let limit =
            table.timeLimit(method: request.method, path: request.uri.path) ?? times.request
        let router = router
        return try await Deadline.run(limit, on: context.eventLoop) {
            try await router.respond(to: request, context: context)
        }
    }

    /// One line and one measurement for each request, by its route: what was asked stays out.
    private func log(
        _ request: Request, _ response: Response, _ context: APIContext, duration: Duration
    ) {
        let route = table.template(ofPath: request.uri.path) ?? "none"
        let method =
            HTTPRequest.Method.known.contains(request.method)
            ? request.method.rawValue : "other"
        logger.info(
            "request",
            metadata: [
                "request_id": "\(context.requestID)", "method": "\(method)", "route": "\(route)",
                "status": .stringConvertible(response.status.code),
                "duration_ms": .stringConvertible(duration.milliseconds),
            ])
        Metrics.Timer(
            label: APIMetrics.requestSeconds,
            dimensions: [
                ("method", method), ("route", route), ("status", String(response.status.code)),
            ]
        ).recordNanoseconds(duration.nanoseconds)
    }
}

extension HTTPRequest.Method {
    static let known: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .patch, .delete, .options,
    ]
}
