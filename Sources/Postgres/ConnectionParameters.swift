internal import CLibpq

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A connection string, taken apart by libpq and completed.
struct ConnectionParameters {
    private(set) var values: [(keyword: String, value: String)] = []
    private let password: String?

    /// Takes a URL or a `keyword=value` string apart without connecting.
    ///
    /// libpq's own messages are not passed on: in a malformed URL a piece of the password is
    /// easily taken for the port or the host.
    init(
        _ url: String, options: ConnectionOptions, withRole: Bool = true
    ) throws(PostgresError) {
        guard let parsed = PQconninfoParse(url, nil) else {
            throw PostgresError(.invalidURL, message: "the connection string is malformed")
        }
        defer { PQconninfoFree(parsed) }
        var found: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 {
                found[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        password = found["password"]
        try Self.check(found)
        Self.complete(&found, options, options.startupOptions(withRole: withRole))
        values = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func check(_ found: [String: String]) throws(PostgresError) {
        let ports = (found["port"] ?? "").split(separator: ",")
        guard ports.allSatisfy({ Int($0).map { (1...65535).contains($0) } ?? false }) else {
            throw PostgresError(.invalidURL, message: "the connection string's port is no number")
        }
        let host = found["host"] ?? ""
        // A host never holds an @ unless it is a socket's path: then the password does, unencoded.
        guard !host.contains("@") || host.hasPrefix("/") else {
            throw PostgresError(.invalidURL, message: "the connection string's host holds an @")
        }
    }

    private static func complete(
        _ found: inout [String: String], _ options: ConnectionOptions, _ startup: String
    ) {
        let given = found["options"].map { [$0] } ?? []
        let all = (given + [startup]).filter { !$0.isEmpty }
        if !all.isEmpty { found["options"] = all.joined(separator: " ") }
        found["client_encoding"] = "UTF8"
        let defaults = [
            "application_name": options.applicationName,
            // A peer that vanished without a word is noticed within about a minute.
            "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
            "tcp_user_timeout": "60000",
        ]
        found.merge(defaults) { given, _ in given }
    }

    /// Starts to connect; nil only when memory is short.
    func start() -> OpaquePointer? {
        let keywords = values.map { strdup($0.keyword) } + [nil]
        let texts = values.map { strdup($0.value) } + [nil]
        defer {
            keywords.forEach { free($0) }
            texts.forEach { free($0) }
        }
        return keywords.map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
            texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { texts in
                guard let keywords = keywords.baseAddress, let texts = texts.baseAddress else {
                    return nil
                }
                return PQconnectStartParams(keywords, texts, 0)
            }
        }
    }

    /// A message of libpq about connecting, without the password should it be quoted there.
    func redacted(_ message: String) -> String {
        guard let password, !password.isEmpty else { return message }
        var result = ""
        var rest = Substring(message)
        while !rest.isEmpty {
            if rest.hasPrefix(password) {
                result += "***"
                rest = rest.dropFirst(password.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
