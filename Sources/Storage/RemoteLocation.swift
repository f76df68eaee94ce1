/// The place of a remote repository in the forms that a delivery may name it by.
///
/// The ways to write one place compare as equal: https, ssh and git addresses, with or without user,
/// port of the scheme, `.git` and a slash at the end; a path and its `file` address.
public struct RemoteLocation: Hashable, Sendable {
    /// Longer addresses are refused.
    public static let limitBytes = 8192

    /// The place: `host/path` in lower case, or the absolute path of a local one.
    public let normalised: String
    /// The last two parts of the path, as in `owner/name`, in lower case; nil when there are fewer.
    public let fullName: String?
    /// The host, with a port other than the scheme's own; nil for a path.
    public let host: String?

    /// Reads an address.
    ///
    /// - Parameter url: An address of scheme https, http, ssh, git or file, the form `user@host:path`
    ///   that git takes for ssh, or an absolute path. Anything else gives nil.
    public init?(_ url: String) {
        guard !url.isEmpty, url.utf8.count <= Self.limitBytes,
            !url.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f })
        else { return nil }
        if url.hasPrefix("/") {
            self.init(host: nil, path: url)
            return
        }
        if let separator = url.firstRange(of: "://") {
            let scheme = url[..<separator.lowerBound].lowercased()
            self.init(scheme: scheme, rest: url[separator.upperBound...])
            return
        }
        // user@host:path, where a slash before the colon would make it a path.
        guard let colon = url.firstIndex(of: ":"), !url[..<colon].contains("/") else { return nil }
        self.init(
            host: Self.host(String(url[..<colon]), port: nil),
            path: String(url[url.index(after: colon)...]))
    }

    private init?(scheme: String, rest: Substring) {
        let ports = ["https": "443", "http": "80", "ssh": "22", "git": "9418", "git+ssh": "22"]
        var address = rest
        if let end = address.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            address = address[..<end]
        }
        let slash = address.firstIndex(of: "/") ?? address.endIndex
        let authority = String(address[..<slash])
        let path = String(address[slash...])
        if scheme == "file" {
            guard authority.isEmpty || authority.lowercased() == "localhost" else { return nil }
            self.init(host: nil, path: Self.withoutPercents(path))
            return
        }
        guard let port = ports[scheme] else { return nil }
        self.init(host: Self.host(authority, port: port), path: Self.withoutPercents(path))
    }

    private init?(host: String?, path: String) {
        if host?.isEmpty == true { return nil }
        var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
        guard var last = parts.popLast(), !parts.contains(".."), last != ".." else { return nil }
        // A local repository's own `.git` folder stands for the folder around it.
        if last == ".git", host == nil, let outer = parts.popLast() {
            last = outer
        } else if last.lowercased().hasSuffix(".git"), last.utf8.count > 4 {
            last.removeLast(4)
        }
        parts.append(last)
        let joined = parts.joined(separator: "/")
        // Hosts of code do not tell upper from lower case in paths; file systems do.
        normalised = host.map { ($0 + "/" + joined).lowercased() } ?? "/" + joined
        fullName = parts.count >= 2 ? parts.suffix(2).joined(separator: "/").lowercased() : nil
        self.host = host
    }

    /// The host in lower case, without user and without the scheme's own port.
    private static func host(_ authority: String, port: String?) -> String {
        var host = authority.lowercased()
        if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
        if let port, host.hasSuffix(":" + port) { host.removeLast(port.utf8.count + 1) }
        return host
    }

    private static func withoutPercents(_ path: String) -> String {
        guard path.contains("%") else { return path }
        var bytes: [UInt8] = []
        var rest = path.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(rest.prefix(2).hexadecimal, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        // NUL has no place in a path, nor in the database.
        return bytes.contains(0) ? path : String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring.UTF8View {
    /// The text when it is two hexadecimal digits, else nothing.
    fileprivate var hexadecimal: String {
        let text = String(decoding: self, as: UTF8.self)
        return text.utf8.count == 2 && text.allSatisfy(\.isHexDigit) ? text : ""
    }
}
