internal import NIOCore
internal import NIOHTTP1

/// Answers what is no request, tells when the client goes, and ends connections that were refused.
///
/// Belongs to the event loop of its channel.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let watch: ConnectionWatch
    /// Requests whose answers are not written yet.
    private var pending = 0
    private var isReadingBody = false
    private var closesAfterAnswer = false
    /// What is wrong with the bytes after the requests that are still being answered.
    private var refusal: Problem?
    private var isRefused = false

    init(watch: ConnectionWatch) {
        self.watch = watch
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isRefused || refusal != nil { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            pending += 1
            isReadingBody = true
            if head.headers[canonicalForm: "expect"].contains("100-continue") {
                let response = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(response)), promise: nil)
            }
        case .body: break
        case .end: isReadingBody = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Who reads a body hears of it there; before a request nobody would.
        guard let error = error as? HTTPParserError, !isReadingBody else {
            context.fireErrorCaught(error)
            return
        }
        let problem = Self.problem(of: error)
        if pending == 0 {
            refuse(problem, context: context)
        } else {
            refusal = problem
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { watch.close() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch.close()
        context.fireChannelInactive()
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if head.headers[canonicalForm: "connection"].contains("close") {
                closesAfterAnswer = true
            }
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            pending -= 1
            context.writeAndFlush(data, promise: promise)
            if closesAfterAnswer {
                closeSoon(context: context)
            } else if pending == 0, let refusal {
                refuse(refusal, context: context)
            }
        }
    }

    // MARK: Refusals

    private static func problem(of error: HTTPParserError) -> Problem {
        switch error {
        case .headerOverflow:
            Problem(.headersTooLarge, "the header fields, or the path, are larger than allowed")
        default: Problem(.malformedRequest, "the request is not valid HTTP")
        }
    }

    private func refuse(_ problem: Problem, context: ChannelHandlerContext) {
        guard !isRefused else { return }
        isRefused = true
        let requestID = RequestIdentifier.make()
        let body = problem.body(requestID: requestID)
        let headers: HTTPHeaders = [
            "content-type": "application/problem+json", "x-request-id": requestID,
            "content-length": String(body.readableBytes), "connection": "close",
        ]
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: problem.kind.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closeSoon(context: context)
    }

    /// Closes after a while: at once, the client could lose the answer while it still sends.
    private func closeSoon(context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: APILimits.lingering) {
            channel.close(promise: nil)
        }
    }
}
