internal import HTTPTypes
internal import Hummingbird

/// Why a request gets no other answer: an RFC 9457 problem document.
struct Problem: Error, Sendable, CustomStringConvertible {
    let kind: ProblemKind
    /// What happened this time; never holds a secret.
    let detail: String
    /// Header fields that belong to the answer, such as `Allow`.
    var headers = HTTPFields()
    /// Whether the connection cannot be used any further.
    var closesConnection = false

    init(_ kind: ProblemKind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    /// The kind and what happened, as a log shows it.
    var description: String { "\(kind.rawValue): \(detail)" }

    /// A path that leads nowhere, or something of another workspace.
    static func notFound(_ what: String) -> Problem { Problem(.notFound, what) }

    private struct Document: Encodable {
        enum CodingKeys: String, CodingKey {
            case type, title, status, detail
            case requestID = "request_id"
        }

        let type, title: String
        let status: Int
        let detail, requestID: String
    }

    /// The document as text.
    func body(requestID: String) -> ByteBuffer {
        JSONText.encode(
            Document(
                type: kind.type, title: kind.title, status: kind.status, detail: detail,
                requestID: requestID))
    }

    /// The answer.
    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        if closesConnection { headers[.connection] = "close" }
        return Response(
            status: .init(code: kind.status), headers: headers,
            body: .init(byteBuffer: body(requestID: requestID)))
    }
}
