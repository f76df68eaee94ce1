internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Reads a request's body, not more of it than allowed and not longer than allowed.
struct BodyReader: Sendable {
    let limit: Int
    let time: Duration

    /// Reads all of a body.
    ///
    /// - Throws: ``Problem`` of kind `bodyTooLarge` as soon as the limit is passed, or of kind
    ///   `timeoutOfBody`.
    func read(_ request: Request, on eventLoop: any EventLoop) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw tooLarge
        }
        let (body, limit, tooLarge) = (request.body, limit, tooLarge)
        do {
            return try await Deadline.run(time, on: eventLoop, kind: .timeoutOfBody) {
                var all = ByteBuffer()
                for try await var part in body {
                    guard all.readableBytes + part.readableBytes <= limit else { throw tooLarge }
                    all.writeBuffer(&part)
                }
                return all
            }
        } catch var problem as Problem {
            // The rest of the body is still to come: the connection is of no more use.
            problem.closesConnection = true
            throw problem
        }
    }

    private var tooLarge: Problem {
        var problem = Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
        problem.closesConnection = true
        return problem
    }
}
