internal import HTTPTypes

/// Tells where a request comes from.
///
/// Anybody can write `X-Forwarded-For`, so it counts only where a proxy that is trusted wrote it:
/// read from its end, the first address that is no trusted proxy's is the client's.
struct ClientAddresses: Sendable {
    /// More proxies than this do not stand before one server.
    private static let hopLimit = 16

    let trusted: [AddressNetwork]

    /// The client's address; nil where the connection has none, as a socket of this machine.
    func address(peer: String?, _ headers: HTTPFields) -> NetworkAddress? {
        guard let peer, var client = NetworkAddress(peer) else { return nil }
        guard isTrusted(client) else { return client }
        let hops = headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        for hop in hops.reversed().prefix(Self.hopLimit) {
            let text = hop.drop { $0 == " " }.prefix { $0 != " " }
            guard let address = NetworkAddress(text) else { return client }
            client = address
            guard isTrusted(address) else { return client }
        }
        return client
    }

    /// Whether a proxy that is trusted says that the client's own connection is encrypted.
    func isSecure(peer: String?, _ headers: HTTPFields) -> Bool {
        guard let peer = peer.flatMap({ NetworkAddress($0) }), isTrusted(peer) else { return false }
        return headers[.forwardedProto] == "https"
    }

    private func isTrusted(_ address: NetworkAddress) -> Bool {
        trusted.contains { $0.contains(address) }
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name(token: "X-Forwarded-For")
}
