internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// Reads a request's body, not more of it than allowed and not longer than allowed.
struct BodyReader: Sendable {
    let limit: Int
    let time: Duration

    /// Reads all of a body.
    ///
    /// - Throws: ``Problem`` of kind `bodyTooLarge` as soon as the limit is passed, or of kind
    ///   `timeoutOfBody`.
    func read(_ request: Request, on eventLoop: any EventLoop) async throws -> [UInt8] {
        let length = try announced(request)
        let (body, limit, tooLarge) = (request.body, limit, tooLarge)
        do {
            return try await Deadline.run(time, on: eventLoop, kind: .timeoutOfBody) {
                try await Self.untilStopped(on: eventLoop) {
                    var all: [UInt8] = []
                    all.reserveCapacity(length ?? 0)
                    for try await part in body {
                        guard all.count + part.readableBytes <= limit else { throw tooLarge }
                        all.append(contentsOf: part.readableBytesView)
                    }
                    return all
                }
            }
        } catch var problem as Problem {
            // The rest of the body is still to come: the connection is of no more use.
            problem.closesConnection = true
            throw problem
        }
    }

    /// Reads until the server is stopped and a little longer, since what has begun to come may end.
    private static func untilStopped(
        on eventLoop: any EventLoop, _ body: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let reading = Task(operation: body)
        let isStopped = Mutex(false)
        do {
            return try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await reading.value
                } onGracefulShutdown: {
                    eventLoop.scheduleTask(in: TimeAmount(APILimits.stopBodyTime)) {
                        isStopped.withLock { $0 = true }
                        reading.cancel()
                    }
                }
            } onCancel: {
                reading.cancel()
            }
        } catch {
            guard isStopped.withLock({ $0 }) else { throw error }
            throw Problem(.stopping, "the body had not come: send it again in a while")
        }
    }

    /// The length that the client announces, nil where it sends pieces.
    ///
    /// - Throws: ``Problem`` of kind `bodyTooLarge` when it is past the limit.
    func announced(_ request: Request) throws(Problem) -> Int? {
        guard let text = request.headers[.contentLength], let length = Int(text), length >= 0
        else { return nil }
        guard length <= limit else { throw tooLarge }
        return length
    }

    private var tooLarge: Problem {
        var problem = Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
        problem.closesConnection = true
        return problem
    }
}
