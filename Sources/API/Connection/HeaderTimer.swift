internal import NIOCore

/// Sees to it that the header fields of a request come in time, once it has begun.
///
/// Stands below the decoder, which tells nobody of half a request. Belongs to the event loop of its
/// channel.
final class HeaderTimer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The time is over.
    struct Expired {}

    private let limit: TimeAmount
    private var isWithinRequest = false
    private var task: Scheduled<Void>?

    init(limit: Duration) {
        self.limit = TimeAmount(limit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isWithinRequest, task == nil {
            let pipeline = context.pipeline
            task = context.eventLoop.scheduleTask(in: limit) {
                pipeline.fireUserInboundEventTriggered(Expired())
            }
        }
        context.fireChannelRead(data)
    }

    /// All header fields of a request have come.
    func headCame() {
        isWithinRequest = true
        stop()
    }

    /// All of a request has come.
    func requestEnded() {
        isWithinRequest = false
    }

    /// Waits for nothing any more.
    func stop() {
        task?.cancel()
        task = nil
    }
}
