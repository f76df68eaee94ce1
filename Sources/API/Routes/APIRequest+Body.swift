internal import HTTPTypes
internal import Hummingbird

extension APIRequest {
    /// Reads a JSON body that may be left out.
    ///
    /// - Returns: The body; nil where none is sent.
    func optionalBody<T: Decodable & Sendable>(_ type: T.Type) async throws -> T? {
        let length = headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length > 0 || headers[.transferEncoding] != nil else { return nil }
        return try await body(type)
    }
}
