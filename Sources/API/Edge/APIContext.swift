internal import Accounts
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
    /// The other end of the connection, as an address; nil for a socket of this machine.
    let peer: String?
    /// Where the request comes from, a proxy's word believed where it is trusted.
    var client: NetworkAddress?
    /// Who asks; nil where the route does not want to know.
    var admission: Admission?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        eventLoop = source.channel.eventLoop
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// By what clients are told apart; all without an address are one.
    var clientBytes: [UInt8] { client?.client ?? [] }

    /// Where the request comes from, as the audit log keeps it.
    var origin: RequestOrigin {
        RequestOrigin(address: client?.description, requestID: requestID)
    }
}
