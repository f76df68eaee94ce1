internal import NIOCore
internal import NIOHTTP1

/// Answers what is no request, tells when the client goes, sends no content where HTTP has none,
/// and ends connections that were refused.
///
/// Belongs to the event loop of its channel.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let watch: ConnectionWatch
    private let timer: HeaderTimer
    /// Requests whose answers are not written yet, the oldest first.
    private var pending = CircularBuffer<PendingRequest>(initialCapacity: 2)
    private var isReadingBody = false
    /// Whether the answer that is being written has content.
    private var answerHasContent = true
    private var closesAfterAnswer = false
    /// What is wrong with the bytes after the requests that are still being answered.
    private var refusal: Problem?
    private var isRefused = false
    /// What a refused client has sent since; nil while nobody is refused.
    private var discardedBytes: Int?

    init(watch: ConnectionWatch, timer: HeaderTimer) {
        self.watch = watch
        self.timer = timer
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if discardedBytes != nil { return discard(unwrapInboundIn(data), context: context) }
        if isRefused || refusal != nil { return }
        guard case .head(var head) = unwrapInboundIn(data) else {
            if case .end = unwrapInboundIn(data) {
                isReadingBody = false
                timer.requestEnded()
            }
            context.fireChannelRead(data)
            return
        }
        timer.headCame()
        if let problem = Self.problem(of: head) {
            return refuse(problem, isOfHead: head.method == .HEAD, context: context)
        }
        pending.append(PendingRequest(taking: &head))
        isReadingBody = true
        if head.headers[canonicalForm: "expect"].contains("100-continue") {
            let response = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(response)), promise: nil)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody above reads any more.
        if discardedBytes != nil { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Who reads a body hears of it there; before a request nobody would.
        guard let error = error as? HTTPParserError, !isReadingBody else {
            context.fireErrorCaught(error)
            return
        }
        refuse(Self.problem(of: error), context: context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            watch.close()
            // It has heard all, or wants to hear nothing.
            if discardedBytes != nil { context.close(promise: nil) }
        }
        if event is HeaderTimer.Expired {
            let seconds = APILimits.headerTime.components.seconds
            return refuse(
                Problem(.timeoutOfHeaders, "they must come within \(seconds) seconds"),
                context: context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer.stop()
        watch.close()
        context.fireChannelInactive()
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.headers[canonicalForm: "connection"].contains("close") {
                closesAfterAnswer = true
            }
            answerHasContent = head.status.mayHaveResponseBody
            if let request = pending.first, request.isOfHead {
                answerHasContent = false
                request.describe(&head)
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            if answerHasContent {
                context.write(data, promise: promise)
            } else {
                promise?.succeed()
            }
        case .end:
            end(data, promise, context: context)
        }
    }

    private func end(
        _ data: NIOAny, _ promise: EventLoopPromise<Void>?, context: ChannelHandlerContext
    ) {
        if pending.popFirst()?.isOfHead == true {
            // The end of an answer in pieces is content as well, which the encoder would write.
            context.flush()
            promise?.succeed()
        } else {
            context.writeAndFlush(data, promise: promise)
        }
        if closesAfterAnswer {
            closeSoon(context: context)
        } else if pending.isEmpty, let refusal {
            self.refusal = nil
            refuse(refusal, context: context)
        }
    }

    // MARK: Refusals

    /// What is wrong with a request that the parser lets through.
    private static func problem(of head: HTTPRequestHead) -> Problem? {
        let hosts = head.headers["host"].count
        if hosts > 1 { return Problem(.malformedRequest, "there is more than one Host") }
        if hosts == 0, head.version.major == 1, head.version.minor >= 1 {
            return Problem(.malformedRequest, "there is no Host")
        }
        return nil
    }

    private static func problem(of error: HTTPParserError) -> Problem {
        switch error {
        case .headerOverflow:
            Problem(.headersTooLarge, "the header fields, or the path, are larger than allowed")
        default: Problem(.malformedRequest, "the request is not valid HTTP")
        }
    }

    /// Answers that bytes are no request, once those before them are answered.
    private func refuse(
        _ problem: Problem, isOfHead: Bool = false, context: ChannelHandlerContext
    ) {
        guard !isRefused, refusal == nil else { return }
        guard pending.isEmpty else {
            refusal = problem
            return
        }
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
        if !isOfHead { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closeSoon(context: context)
    }

    /// Closes after a while, and takes until then what the client still sends: at once, it would
    /// lose the answer, which many clients read only when they have sent all.
    private func closeSoon(context: ChannelHandlerContext) {
        guard discardedBytes == nil else { return }
        context.close(mode: .output, promise: nil)
        discardedBytes = 0
        context.read()
        let channel = context.channel
        context.eventLoop.scheduleTask(in: APILimits.lingering) {
            channel.close(promise: nil)
        }
    }

    private func discard(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        guard case .body(let buffer) = part else { return }
        discardedBytes = (discardedBytes ?? 0) + buffer.readableBytes
        if discardedBytes ?? 0 > APILimits.lingeringBytes { context.close(promise: nil) }
    }
}
