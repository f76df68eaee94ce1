/// Where a remote is, taken apart so that credentials never go where a URL goes.
struct RemoteURL: Sendable {
    enum Transport: Sendable {
        case local
        case http
        case https
        case ssh
    }

    let transport: Transport
    /// The host in lower case, without the brackets of an IPv6 address; empty for a local path.
    let host: String
    let port: String
    /// The user that a URL for SSH names.
    let user: String?
    /// What an HTTP URL held before the `@`.
    let credentials: RemoteCredentials
    /// What libgit2 gets: no password in it, nor the user of an HTTP URL.
    let connectable: String
    /// What messages show: nothing before an `@`, and no query.
    let shown: String

    /// Reads a URL, an scp-like address or an absolute path.
    init(_ text: String) throws(GitError) {
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw Self.unsupported("the URL of a remote may not have control characters")
        }
        if text.hasPrefix("/") {
            self.init(path: text)
        } else if let split = text.firstRange(of: "://") {
            try self.init(scheme: text[..<split.lowerBound].lowercased(), text[split.upperBound...])
        } else {
            try self.init(address: text)
        }
    }

    /// A local path, as a URL, because libgit2 would take one with a colon for an SSH address.
    private init(path: String) {
        var encoded = "file://"
        for byte in path.utf8 {
            if byte == UInt8(ascii: "%") || byte >= 0x7F {
                encoded += "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            } else {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        self.init(.local, connectable: encoded, shown: path)
    }

    private init(scheme: String, _ rest: Substring) throws(GitError) {
        switch scheme {
        case "file":
            let path = rest.hasPrefix("localhost/") ? rest.dropFirst("localhost".count) : rest
            guard path.hasPrefix("/") else {
                throw Self.unsupported("a file URL needs the absolute path of a repository")
            }
            self.init(.local, connectable: "file://" + path, shown: "file://" + path)
        case "http", "https":
            try self.init(web: scheme, Authority(rest))
        case "ssh", "git+ssh", "ssh+git":
            try self.init(shell: Authority(rest))
        default:
            throw Self.unsupported("remotes cannot be read by the scheme \(scheme.prefix(20))")
        }
    }

    private init(web scheme: String, _ authority: Authority) throws(GitError) {
        let isSecure = scheme == "https"
        let connectable = scheme + "://" + authority.place + authority.path
        self.init(
            isSecure ? .https : .http, host: authority.host,
            port: authority.port ?? (isSecure ? "443" : "80"),
            credentials: authority.credentials, connectable: connectable,
            shown: String(connectable.prefix { $0 != "?" && $0 != "#" }))
    }

    private init(shell authority: Authority) throws(GitError) {
        try Self.checkShellPath(authority.path)
        let user = authority.user.map { $0 + "@" } ?? ""
        self.init(
            .ssh, host: authority.host, port: authority.port ?? "22", user: authority.user,
            connectable: "ssh://" + user + authority.place + authority.path,
            shown: "ssh://" + authority.place + authority.path)
    }

    /// An address such as `git@host:path`.
    private init(address text: String) throws(GitError) {
        let afterUser = text.firstIndex(of: "@").map { text.index(after: $0) } ?? text.startIndex
        let target = text[afterUser...]
        let hostEnd: Substring.Index?
        if target.hasPrefix("["), let bracket = target.firstIndex(of: "]") {
            hostEnd = target.index(after: bracket)
        } else {
            hostEnd = target.firstIndex(of: ":")
        }
        guard let hostEnd, hostEnd < target.endIndex, target[hostEnd] == ":",
            hostEnd > target.startIndex, !target[..<hostEnd].contains("/")
        else {
            throw Self.unsupported("a remote is named by a URL or an absolute path")
        }
        let path = target[target.index(after: hostEnd)...]
        try Self.checkShellPath(path)
        let userEnd = afterUser == text.startIndex ? afterUser : text.index(before: afterUser)
        let user = text[..<userEnd].prefix { $0 != ":" }
        let host = target[..<hostEnd].filter { $0 != "[" && $0 != "]" }
        self.init(
            .ssh, host: host.lowercased(), port: "22", user: user.isEmpty ? nil : String(user),
            connectable: (user.isEmpty ? "" : user + "@") + target, shown: String(target))
    }

    private init(
        _ transport: Transport, host: String = "", port: String = "", user: String? = nil,
        credentials: RemoteCredentials = .none, connectable: String, shown: String
    ) {
        self.transport = transport
        self.host = host
        self.port = port
        self.user = user
        self.credentials = credentials
        self.connectable = connectable
        self.shown = shown
    }

    /// Whether a host and port are the ones of this URL, which alone may get its credentials.
    ///
    /// The same host over HTTPS counts as well, where the URL has HTTP.
    func isOwn(host: String, port: String) -> Bool {
        host.lowercased() == self.host
            && (port == self.port || (transport == .http && self.port == "80" && port == "443"))
    }

    /// The path stands between quotes in a command line of the host, unescaped by libgit2 1.5.
    private static func checkShellPath(_ path: some StringProtocol) throws(GitError) {
        if path.isEmpty || path.hasPrefix(":") || path.contains("'") || path.contains("\\") {
            throw unsupported("this path of a repository cannot be asked for over ssh")
        }
    }

    static func unsupported(_ message: String) -> GitError {
        GitError(.unsupportedURL, message)
    }
}
