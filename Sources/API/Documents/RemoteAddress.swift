/// Where a repository is, as it may be shown.
enum RemoteAddress {
    /// The address without a user and password in front of its host, and without a query.
    static func withoutSecrets(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return withoutPassword(url) }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        let start = authority.lastIndex(of: "@").map { rest.index(after: $0) } ?? rest.startIndex
        return String(url[..<scheme.upperBound] + rest[start...])
    }

    /// An address such as `git:password@host:path` without what stands before its host.
    private static func withoutPassword(_ address: String) -> String {
        guard !address.hasPrefix("/"), let at = address.firstIndex(of: "@"),
            address[..<at].contains(":")
        else { return address }
        return String(address[address.index(after: at)...])
    }
}
