internal import Hummingbird
internal import NIOCore

/// What a request carries through the server.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The id in `X-Request-ID`.
    var requestID = ""
    /// The event loop that the connection lives on.
    let eventLoop: any EventLoop
    /// How long its body may take to arrive.
    var bodyTime = APILimits.bodyTime

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        eventLoop = source.channel.eventLoop
    }
}
