internal import Addresses
internal import Git

/// The address of a repository that is to be connected, with what is secret in it taken out.
public struct ConnectAddress: Sendable {
    /// The address as it is stored: no password in it.
    public let url: String
    /// What an HTTP address had before its `@`; nil where there was nothing.
    public let credentials: ConnectRequest.Credentials?

    /// Reads an address by the rules that workers fetch by.
    ///
    /// Names of hosts are not looked up here: where they lead is checked at every fetch.
    ///
    /// - Parameters:
    ///   - url: An address with https, http, ssh or file, `user@host:path`, or an absolute path.
    ///   - allowsPrivate: Whether it may lead to a private address or to a path of the server.
    /// - Throws: ``APIRefusal`` of kind `invalid` that says what is wrong, without the address.
    public init(_ url: String, allowsPrivate: Bool) throws(APIRefusal) {
        let shown: String
        do {
            shown = try Remote.shown(url)
        } catch {
            throw APIRefusal(.invalid, "'url' cannot be fetched from: \(error.message)")
        }
        let isPath = url.hasPrefix("/")
        if !isPath, url.contains(where: { $0 == "?" || $0 == "#" }) {
            throw APIRefusal(
                .invalid, "'url' must have no '?' or '#': give a token in 'credentials'")
        }
        if !allowsPrivate { try Self.checkPublic(shown) }
        guard !isPath, let user = Self.userRange(url) else {
            (self.url, credentials) = (url, nil)
            return
        }
        guard shown.hasPrefix("http://") || shown.hasPrefix("https://") else {
            guard !url[user].contains(":") else {
                throw APIRefusal(
                    .invalid, "'url' must hold no password, which only http and https have")
            }
            (self.url, credentials) = (url, nil)
            return
        }
        self.url = String(url[..<user.lowerBound] + url[user.upperBound...].dropFirst())
        credentials = Self.credentials(url[user])
    }

    private static func checkPublic(_ shown: String) throws(APIRefusal) {
        if shown.hasPrefix("/") || shown.hasPrefix("file://") {
            throw APIRefusal(
                .invalid,
                "paths on the server are not connected, unless it is started with "
                    + "GITDEX_ALLOW_PRIVATE_REMOTES=1")
        }
        if PrivateAddress.isWritten(host(ofShown: shown)) {
            throw APIRefusal(
                .invalid,
                "private addresses are not connected, unless the server is started with "
                    + "GITDEX_ALLOW_PRIVATE_REMOTES=1")
        }
    }

    /// The host of an address that has neither user nor query.
    private static func host(ofShown shown: String) -> Substring {
        let place = shown.firstRange(of: "://").map { shown[$0.upperBound...] } ?? shown[...]
        if place.hasPrefix("[") { return place.dropFirst().prefix { $0 != "]" } }
        return place.prefix { $0 != ":" && $0 != "/" }
    }

    /// What stands before the `@` of an address, nil where there is none.
    private static func userRange(_ url: String) -> Range<String.Index>? {
        guard let scheme = url.firstRange(of: "://") else {
            return url.firstIndex(of: "@").map { url.startIndex..<$0 }
        }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        return authority.lastIndex(of: "@").map { scheme.upperBound..<$0 }
    }

    private static func credentials(_ user: Substring) -> ConnectRequest.Credentials? {
        let parts = user.split(separator: ":", maxSplits: 1).map { decoded(String($0)) }
        return switch parts.count {
        case 2: .token(parts[1], username: parts[0])
        case 1: .token(parts[0], username: nil)
        default: nil
        }
    }

    /// A part of an address without its percent signs.
    private static func decoded(_ text: String) -> String {
        GitPath(percentEncoded: text).map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
    }
}
