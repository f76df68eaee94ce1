internal import HTTPTypes

/// The OpenAPI 3.1 description of the routes, made from the table that the router is made from.
struct OpenAPIDocument {
    let table: RouteTable
    let version: String

    /// What every route may answer: the connection, the gate and the database are before all.
    static let commonProblems: Set<ProblemKind> = [
        .malformedRequest, .foreignHost, .targetTooLong, .headersTooLarge, .failure, .unavailable,
        .overloaded, .stopping, .timeout, .timeoutOfHeaders,
    ]

    var document: JSONNode {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "gitdex", "version": .text(version),
                "description": .text(Self.introduction),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "paths": paths,
            "components": [
                "schemas": .object(Schemas.all), "headers": Self.headers,
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description": "An access token of `login`, or an API key (`gdx_…`).",
                    ]
                ],
            ],
        ]
    }

    private static let introduction = """
        Code search over an index that follows its repositories commit by commit. Errors are \
        `application/problem+json` (RFC 9457) with a stable `type`. Lists page by `cursor` and \
        `limit`. Every answer carries `X-Request-ID`; one that the client sends is taken over. \
        Objects may gain members; those described here stay. A path that is not described answers \
        404, and a method that a path does not take 405 with `Allow`.
        """

    private var paths: JSONNode {
        var paths: [String: [String: JSONNode]] = [:]
        for route in table.routes {
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] =
                description(of: route)
        }
        return .object(paths.mapValues { .object($0) })
    }

    private func description(of route: Route) -> JSONNode {
        let operation = route.operation
        var members: [String: JSONNode] = [
            "operationId": .text(operation.id), "tags": [.text(operation.tag)],
            "summary": .text(operation.summary), "responses": responses(of: route),
        ]
        if !operation.description.isEmpty {
            members["description"] = .text(operation.description)
        }
        if !operation.parameters.isEmpty {
            members["parameters"] = .list(operation.parameters.map(Self.parameter))
        }
        if route.access.needsPrincipal {
            // A server that was started with `--local` asks nobody.
            members["security"] = [["bearer": []], .object([:])]
            members["x-gitdex-access"] = .text(route.access.description)
        }
        if let body = operation.body {
            members["requestBody"] = [
                "required": .boolean(!operation.isBodyOptional), "content": Self.content(body),
            ]
        }
        return .object(members)
    }

    private static func parameter(_ parameter: Operation.Parameter) -> JSONNode {
        [
            "name": .text(parameter.name), "in": .text(parameter.place.rawValue),
            "required": .boolean(parameter.isRequired), "schema": parameter.schema,
            "description": .text(parameter.description),
        ]
    }

    private static func content(_ schemas: [String: JSONNode]) -> JSONNode {
        .object(schemas.mapValues { ["schema": $0] })
    }

    // MARK: Answers

    private func responses(of route: Route) -> JSONNode {
        var responses: [String: JSONNode] = [:]
        for answer in route.operation.answers {
            var members: [String: JSONNode] = [
                "description": .text(answer.description),
                "headers": Self.headers(["X-Request-ID"] + answer.headers),
            ]
            if !answer.content.isEmpty { members["content"] = Self.content(answer.content) }
            responses[String(answer.status)] = .object(members)
        }
        for (status, kinds) in problems(of: route) {
            responses[String(status)] = Self.response(of: kinds)
        }
        return .object(responses)
    }

    /// The problems of a route, by status.
    private func problems(of route: Route) -> [Int: [ProblemKind]] {
        var kinds = Self.commonProblems.union(route.operation.problems)
        if route.path.hasPrefix("/v1/") { kinds.insert(.notFound) }
        if route.access.needsPrincipal { kinds.formUnion([.unauthorized, .forbidden]) }
        if route.throttling != .none { kinds.insert(.rateLimited) }
        if route.method != .get { kinds.insert(.foreignOrigin) }
        if !route.operation.parameters.isEmpty { kinds.insert(.invalidParameter) }
        if route.operation.body != nil {
            kinds.formUnion([.bodyTooLarge, .timeoutOfBody, .invalidBody])
            if route.operation.body?.count == 1 { kinds.insert(.unsupportedMediaType) }
        }
        return Dictionary(grouping: kinds.sorted { $0.rawValue < $1.rawValue }, by: \.status)
    }

    private static func response(of kinds: [ProblemKind]) -> JSONNode {
        let titles = kinds.map { "\($0.title) (`\($0.type)`)." }.joined(separator: " ")
        var names = ["X-Request-ID"]
        if kinds.contains(.unauthorized) { names.append("WWW-Authenticate") }
        if kinds.contains(.rateLimited) { names.append("Retry-After") }
        return [
            "description": .text(titles), "headers": headers(names),
            "content": content(["application/problem+json": Schema.reference("Problem")]),
        ]
    }

    private static func headers(_ names: [String]) -> JSONNode {
        .object(
            Dictionary(
                names.map { ($0, ["$ref": .text("#/components/headers/" + $0)]) }
            ) { first, _ in first })
    }

    private static let headers: JSONNode = [
        "X-Request-ID": [
            "description": "The request's id, in the server's log too.", "required": true,
            "schema": ["type": "string"],
        ],
        "ETag": [
            "description": "Names the state of the index that the answer is of.",
            "schema": ["type": "string"],
        ],
        "Location": [
            "description": "Where the new thing is.", "schema": ["type": "string"],
        ],
        "Retry-After": [
            "description": "In how many seconds to come again.", "schema": ["type": "integer"],
        ],
        "WWW-Authenticate": [
            "description": "How to say who is asking.", "schema": ["type": "string"],
        ],
    ]
}
