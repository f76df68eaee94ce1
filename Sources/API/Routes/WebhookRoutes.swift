internal import Accounts
internal import Cryptography
internal import HTTPTypes
internal import Hummingbird

/// What GitHub posts.
struct WebhookRoutes: Sendable {
    let receive: (@Sendable (WebhookRequest) async -> WebhookAnswer)?
    let authority: Authority
    var budget = ByteBudget(limit: APILimits.webhookBudgetBytes)

    var routes: [Route] {
        let (receive, budget, authority) = (receive, budget, authority)
        return [
            Route(
                method: .post, path: "/webhooks/github", access: .system,
                operation: Self.operation,
                timeLimit: APILimits.webhookTime, throttling: .failures
            ) { request in
                guard let receive else {
                    throw Problem(.unavailable, "this server takes no deliveries")
                }
                let headers = Self.headers(request.headers)
                guard Self.isSigned(headers) else {
                    var problem = Self.unauthorized
                    // Nobody reads the body that is still to come.
                    problem.closesConnection = true
                    throw problem
                }
                let reader = BodyReader(
                    limit: APILimits.webhookBytes,
                    time: min(request.context.bodyTime, APILimits.webhookBodyTime))
                var bytes = try reader.announced(request.request) ?? APILimits.webhookBytes
                try budget.take(bytes)
                defer { budget.giveBack(bytes) }
                let body = try await reader.read(request.request, on: request.context.eventLoop)
                budget.giveBack(bytes - body.count)
                bytes = body.count
                let outcome = await receive(WebhookRequest(headers: headers, body: body))
                if case .unauthorized = outcome {
                    await authority.record(
                        .deliveryRefused, workspace: nil, actor: "stranger", subject: nil,
                        request.context)
                    try await authority.throttle.countFailure(request.context)
                }
                return try Self.answer(outcome)
            }
        ]
    }

    private static let signaturePrefix = "sha256="

    /// Whether a delivery bears a signature at all; bodies of others are not even read.
    private static func isSigned(_ headers: [String: String]) -> Bool {
        guard let value = headers["x-hub-signature-256"], value.hasPrefix(signaturePrefix) else {
            return false
        }
        return SHA256Digest(hex: value.dropFirst(signaturePrefix.count)) != nil
    }

    private static var unauthorized: Problem {
        var problem = Problem(
            .unauthorized, "X-Hub-Signature-256 is missing or does not fit the body")
        problem.headers[.wwwAuthenticate] = "Signature"
        return problem
    }

    private static let operation = Operation(
        id: "receiveDelivery", tag: "deliveries", summary: "Takes a delivery of GitHub's.",
        description: """
            202 is answered once the delivery and its jobs are kept. The body is signed with the \
            repository's secret in `X-Hub-Signature-256`; at most 25 MiB \
            (\(APILimits.webhookBytes) bytes) are read.
            """,
        parameters: [
            header("X-GitHub-Event", "The kind of event."),
            header("X-GitHub-Delivery", "GitHub's name for the delivery."),
            header("X-Hub-Signature-256", "`sha256=` and the HMAC of the body."),
        ],
        body: [
            "application/json": ["type": "object"],
            "application/x-www-form-urlencoded": Schema.object(["payload": Schema.text]),
        ],
        answers: [
            .json(202, "ReceivedDelivery", "The delivery is kept."),
            .json(200, "ReceivedDelivery", "It was here before."),
            .empty(204, "There is no use for its event."),
        ],
        problems: [.unauthorized])

    private static func header(_ name: String, _ description: String) -> Operation.Parameter {
        Operation.Parameter(
            name: name, place: .header, schema: Schema.text, description: description)
    }

    private struct Document: Encodable {
        let outcome: String
        let jobs: Int
    }

    private static func answer(_ answer: WebhookAnswer) throws(Problem) -> Response {
        switch answer {
        case .accepted(let jobs):
            return Answer.json(Document(outcome: "accepted", jobs: jobs), status: .accepted)
        case .duplicate: return Answer.json(Document(outcome: "duplicate", jobs: 0))
        case .ignored: return Answer.empty(.noContent)
        case .unauthorized: throw unauthorized
        case .unreadable(let why): throw Problem(.invalidBody, why)
        case .unavailable:
            throw Problem(.unavailable, "the delivery could not be kept: send it again")
        }
    }

    /// The fields by lower-cased names.
    ///
    /// Of a repeated one all values are joined, so that a second signature makes both wrong.
    private static func headers(_ fields: HTTPFields) -> [String: String] {
        var headers: [String: String] = [:]
        for field in fields {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
        }
        return headers
    }
}
