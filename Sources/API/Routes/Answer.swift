internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Makes the answers that are no problems.
enum Answer {
    static func json(
        _ document: some Encodable, status: HTTPResponse.Status = .ok, tag: EntityTag? = nil
    ) -> Response {
        json(JSONText.encode(document), status: status, tag: tag)
    }

    static func json(
        _ body: ByteBuffer, status: HTTPResponse.Status = .ok, tag: EntityTag? = nil
    ) -> Response {
        text(body, type: "application/json", status: status, tag: tag)
    }

    static func text(
        _ body: ByteBuffer, type: String, status: HTTPResponse.Status = .ok, tag: EntityTag? = nil
    ) -> Response {
        var headers: HTTPFields = [.contentType: type]
        if let tag {
            headers[.eTag] = tag.text
            headers[.cacheControl] = "private, no-cache"
        } else {
            headers[.cacheControl] = "no-store"
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: body))
    }

    /// Sends a browser elsewhere, by GET.
    static func redirect(to location: String) -> Response {
        var response = empty(.seeOther)
        response.headers[.location] = location
        response.headers[.cacheControl] = "no-store"
        return response
    }

    static func empty(_ status: HTTPResponse.Status) -> Response {
        var response = Response(status: status)
        if status == .noContent { response.headers[.contentLength] = nil }
        return response
    }

    /// What the client has is still true.
    static func notModified(_ tag: EntityTag) -> Response {
        var response = Response(
            status: .notModified,
            headers: [.eTag: tag.text, .cacheControl: "private, no-cache"])
        response.headers[.contentLength] = nil
        return response
    }
}
