/// The kinds of problem that an answer may name; their names are stable.
enum ProblemKind: String, Sendable, CaseIterable {
    case malformedRequest = "malformed-request"
    case invalidParameter = "invalid-parameter"
    case invalidBody = "invalid-body"
    case invalidQuery = "invalid-query"
    case unauthorized = "unauthorized"
    case forbidden = "forbidden"
    case foreignOrigin = "foreign-origin"
    case foreignHost = "foreign-host"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case timeoutOfBody = "body-timeout"
    case timeoutOfHeaders = "header-timeout"
    case conflict = "conflict"
    case bodyTooLarge = "body-too-large"
    case targetTooLong = "target-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case tooExpensive = "too-expensive"
    case rateLimited = "rate-limited"
    case headersTooLarge = "headers-too-large"
    case failure = "internal-error"
    case unavailable = "unavailable"
    case overloaded = "overloaded"
    case stopping = "stopping"
    case timeout = "timeout"

    /// The `type` of the problem document.
    var type: String { "urn:gitdex:problem:" + rawValue }

    /// The status of the answer.
    var status: Int {
        switch self {
        case .malformedRequest, .invalidParameter, .invalidBody, .invalidQuery: 400
        case .unauthorized: 401
        case .forbidden, .foreignOrigin: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .timeoutOfBody, .timeoutOfHeaders: 408
        case .conflict: 409
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .foreignHost: 421
        case .tooExpensive: 422
        case .rateLimited: 429
        case .headersTooLarge: 431
        case .failure: 500
        case .unavailable, .overloaded, .stopping: 503
        case .timeout: 504
        }
    }

    /// The `title`, the same for every problem of the kind.
    var title: String {
        switch self {
        case .malformedRequest: "The request cannot be read"
        case .invalidParameter: "A parameter is wrong"
        case .invalidBody: "The body is wrong"
        case .invalidQuery: "The query cannot be answered"
        case .unauthorized: "Who is asking is not known"
        case .forbidden: "That is not allowed"
        case .foreignOrigin: "Another site may not do this"
        case .foreignHost: "The host is not this server"
        case .notFound: "There is no such thing"
        case .methodNotAllowed: "The method does not fit the path"
        case .timeoutOfBody: "The body came too slowly"
        case .timeoutOfHeaders: "The header fields came too slowly"
        case .conflict: "The state does not allow it"
        case .bodyTooLarge: "The body is too large"
        case .targetTooLong: "The path and query are too long"
        case .unsupportedMediaType: "The body is of another type"
        case .tooExpensive: "The search takes too long"
        case .rateLimited: "Too many requests"
        case .headersTooLarge: "The header fields are too large"
        case .failure: "Something went wrong here"
        case .unavailable: "A part that is needed cannot be reached"
        case .overloaded: "Too much is asked at once"
        case .stopping: "The server stops"
        case .timeout: "The answer took too long"
        }
    }
}
