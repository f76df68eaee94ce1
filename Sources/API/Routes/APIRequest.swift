internal import Accounts
internal import HTTPTypes
internal import Hummingbird

/// A request to a route, with its parameters in reach.
struct APIRequest: Sendable {
    let request: Request
    let context: APIContext
    let route: Route

    init(_ request: Request, _ context: APIContext, route: Route) {
        self.request = request
        self.context = context
        self.route = route
    }

    var headers: HTTPFields { request.headers }

    /// Who asks.
    ///
    /// - Throws: ``Problem`` of kind `unauthorized` where the route did not want to know.
    func principal() throws(Problem) -> Principal {
        guard let admission = context.admission else {
            throw Authority.unauthorized("it is not known who asks")
        }
        return admission.principal
    }

    /// The part of whoever asks in the workspace that the request names.
    ///
    /// - Throws: ``Problem`` of kind `notFound` where it names none.
    func membership() throws(Problem) -> Membership {
        guard let membership = context.admission?.membership else {
            throw .notFound("there is no such workspace")
        }
        return membership
    }

    /// The decoded text of a parameter of the path.
    ///
    /// - Throws: ``Problem`` of kind `notFound`: what cannot be written cannot be there.
    func pathParameter(_ name: String) throws(Problem) -> String {
        let nothing = Problem.notFound("nothing is at this path")
        guard let raw = context.parameters.get(name),
            let bytes = PercentDecoding.bytes(of: raw[...], plusIsSpace: false),
            let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0),
            text.utf8.count <= APILimits.parameterBytes
        else { throw nothing }
        return text
    }

    /// A number in the path.
    func pathNumber(_ name: String) throws(Problem) -> Int {
        let text = try pathParameter(name)
        guard let number = DecimalNumber.parse(text) else {
            throw Problem.notFound("'\(text.prefix(40))' is no number of such a thing")
        }
        return number
    }

    /// The bytes of the path's rest, for a route that takes it.
    func restOfPath() throws(Problem) -> [UInt8] {
        let prefix = route.parts.count - 1
        var rest = request.uri.path[...].drop { $0 == "/" }
        for _ in 0..<prefix {
            guard let slash = rest.firstIndex(of: "/") else { break }
            rest = rest[rest.index(after: slash)...]
        }
        guard let bytes = PercentDecoding.bytes(of: rest, plusIsSpace: false), !bytes.isEmpty,
            !bytes.contains(0), bytes.count <= APILimits.parameterBytes
        else { throw Problem.notFound("no file has such a path") }
        return bytes
    }

    /// The parameters of the query, each checked.
    func query() throws(Problem) -> QueryParameters {
        let query = try QueryParameters(
            request.uri.query ?? "", known: Set(route.operation.queryNames))
        for parameter in route.operation.parameters where parameter.place == .query {
            try query.checkLength(of: parameter)
        }
        return query
    }

    /// Reads a JSON body.
    func body<T: Decodable & Sendable>(_ type: T.Type) async throws -> T {
        let given = headers[.contentType]?.split(separator: ";").first?.lowercased() ?? ""
        guard given == "application/json" else {
            throw Problem(.unsupportedMediaType, "send the body as application/json")
        }
        let body = try await BodyReader(limit: APILimits.bodyBytes, time: context.bodyTime)
            .read(request, on: context.eventLoop)
        return try JSONText.decode(type, body)
    }
}
