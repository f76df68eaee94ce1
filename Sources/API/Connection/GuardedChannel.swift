internal import HummingbirdCore
internal import NIOCore
internal import NIOHTTPTypes

/// A client's connection, and the watch that knows whether the client is still there.
struct GuardedChannel: ServerChildChannelValue {
    let http: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    let watch: ConnectionWatch

    var channel: any Channel { http.channel }
}
