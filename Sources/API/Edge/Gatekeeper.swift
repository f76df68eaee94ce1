internal import HTTPTypes
internal import Hummingbird

/// Decides whether a request may come in at all.
///
/// Without accounts the only protection of a local server is that requests come from this machine
/// and from no other site's page in its browser. A page can send requests to the loopback address,
/// directly or under a name of its own that it makes point there: the first bears a foreign
/// `Origin`, the second a foreign `Host`.
struct Gatekeeper {
    let isLocal: Bool

    func check(_ request: Request) throws(Problem) {
        if (request.head.path ?? "").utf8.count > APILimits.targetBytes {
            throw Problem(
                .targetTooLong,
                "the path and query have more than \(APILimits.targetBytes) bytes")
        }
        guard isLocal else { return }
        let host = (request.head.authority ?? "").lowercased()
        guard Self.isLoopback(host) else {
            throw Problem(
                .foreignHost,
                "this server answers to localhost, 127.0.0.1 and [::1] only")
        }
        if Self.changesState(request.method) { try Self.checkOrigin(of: request) }
    }

    /// Makes sure that no page of another site sent a request whose cookie, or whose coming from
    /// this machine, lets it in.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - publicURL: What browsers call the server, where a proxy changes `Host` on the way.
    /// - Throws: ``Problem`` of kind `foreignOrigin`.
    static func checkOrigin(
        of request: Request, publicURL: String? = nil
    ) throws(Problem) {
        let host = (request.head.authority ?? "").lowercased()
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            throw Problem(.foreignOrigin, "the page that asks is of another site")
        }
        if let origin = request.headers[.origin]?.lowercased(), origin != "http://" + host,
            origin != "https://" + host, origin != publicURL
        {
            throw Problem(.foreignOrigin, "the page that asks is of another origin")
        }
    }

    private static func changesState(_ method: HTTPRequest.Method) -> Bool {
        method != .get && method != .head && method != .options
    }

    /// Whether a `Host` names this machine itself, with any port.
    static func isLoopback(_ host: String) -> Bool {
        var name = host[...]
        if let bracket = name.lastIndex(of: "]") {
            guard isPort(name[name.index(after: bracket)...]) else { return false }
            name = name[...bracket]
        } else if let colon = name.lastIndex(of: ":") {
            guard isPort(name[colon...]) else { return false }
            name = name[..<colon]
        }
        if name == "localhost" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }

    private static func isPort(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        return text.first == ":" && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name(token: "Sec-Fetch-Site")
    static let requestID = HTTPField.Name(token: "X-Request-ID")
    static let forwardedProto = HTTPField.Name(token: "X-Forwarded-Proto")
    static let lastEventID = HTTPField.Name(token: "Last-Event-ID")

    /// A name that is known to be one when the program is written.
    init(token name: String) {
        // The names above are tokens, so the second is never taken; a force unwrap would say less.
        self = HTTPField.Name(name) ?? .cacheControl
    }
}
