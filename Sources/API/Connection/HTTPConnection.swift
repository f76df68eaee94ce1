internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// One client's connection: limits on what is read, compression of what is written, and a watch
/// on whether the client is still there.
struct HTTPConnection: HTTPChannelHandler {
    let responder: Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GuardedChannel> {
        channel.eventLoop.makeCompletedFuture {
            let watch = ConnectionWatch()
            let pipeline = channel.pipeline.syncOperations
            let timer = HeaderTimer(limit: APILimits.headerTime)
            // Below the decoder, which says nothing of half a request.
            try pipeline.addHandler(timer)
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: Self.limits)
            // Below the compressor, which cannot write an answer to what was no request.
            try pipeline.addHandler(RequestGuard(watch: watch, timer: timer))
            try pipeline.addHandler(
                HTTPResponseCompressor(responseCompressionPredicate: Self.isWorthCompressing))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.addHandler(
                HTTPConnectionStateHandler(
                    idleTimeout: APILimits.idleTime, logger: logger))
            return GuardedChannel(
                http: try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(isOutboundHalfClosureEnabled: true)),
                watch: watch)
        }
    }

    func handle(value: GuardedChannel, logger: Logger) async {
        await ConnectionWatch.$current.withValue(value.watch) {
            await handleHTTP(asyncChannel: value.http, logger: logger)
        }
    }

    private static var limits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = APILimits.headerFieldBytes
        limits.maxHeaderListSize = APILimits.headerBytes
        limits.maxHeaderFieldCount = APILimits.headerFields
        return limits
    }

    /// Whether an answer is text of some length; streams of events must not wait in a compressor.
    private static func isWorthCompressing(
        _ head: inout HTTPResponseHead, _ isSupported: Bool
    ) -> HTTPResponseCompressor.CompressionIntent {
        let type = head.headers.first(name: "content-type") ?? ""
        let isText =
            type.hasPrefix("application/") && type.contains("json")
            || type.hasPrefix("text/") && !type.hasPrefix("text/event-stream")
        guard isText else { return .doNotCompress }
        head.headers.add(name: "vary", value: "accept-encoding")
        let length = head.headers.first(name: "content-length").flatMap { Int($0) }
        return (length ?? Int.max) >= APILimits.compressedBytes
            ? .compressIfPossible : .doNotCompress
    }
}
