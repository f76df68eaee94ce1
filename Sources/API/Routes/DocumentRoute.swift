internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The description of every route, its own included.
struct DocumentRoute {
    let version: String

    /// Adds the route that describes the others.
    func adding(to routes: [Route]) -> RouteTable {
        let all = RouteTable(routes: routes + [route(answering: ByteBuffer())])
        let document = OpenAPIDocument(table: all, version: version).document
        return RouteTable(routes: routes + [route(answering: JSONText.encode(document))])
    }

    private func route(answering body: ByteBuffer) -> Route {
        Route(
            method: .get, path: "/openapi.json", access: .anyone,
            operation: Operation(
                id: "openapi", tag: "server", summary: "This document.",
                answers: [
                    Operation.Answer(
                        status: 200, description: "OpenAPI 3.1.",
                        content: ["application/json": ["type": "object"]])
                ])
        ) { _ in Answer.json(body) }
    }
}
