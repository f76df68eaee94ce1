/// libpq's URL form: `postgresql://[user[:password]@][host[:port],…][/database][?name=value&…]`.
enum DatabaseURLForm {
    /// Returns the URL without its secrets, or nil when it is not a URL that libpq could take.
    static func redacted(_ text: String) -> String? {
        guard let separator = text.firstRange(of: "://") else { return nil }
        let scheme = text[..<separator.lowerBound]
        guard scheme == "postgresql" || scheme == "postgres", escapesAreWhole(text),
            !text.contains(" ")
        else { return nil }
        let (beforeQuery, query) = cut(text[separator.upperBound...], at: "?")
        let (authority, database) = cut(beforeQuery, at: "/")
        var user: Substring?
        var hosts = authority
        if let at = authority.lastIndex(of: "@") {
            user = cut(authority[..<at], at: ":").0
            hosts = authority[authority.index(after: at)...]
        }
        guard hostsAreSound(hosts), let parameters = sound(query) else { return nil }
        var shown = "postgresql://"
        if let user, !user.isEmpty { shown += user + "@" }
        shown += hosts
        if let database { shown += "/" + database }
        return parameters.isEmpty ? shown : shown + "?" + parameters.joined(separator: "&")
    }

    private static func cut(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let index = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }

    private static func hostsAreSound(_ hosts: Substring) -> Bool {
        if hosts.isEmpty { return true }
        return hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { entry in
            var port: Substring?
            if entry.first == "[" {
                guard let close = entry.firstIndex(of: "]") else { return false }
                let rest = entry[entry.index(after: close)...]
                guard rest.isEmpty || rest.first == ":" else { return false }
                port = rest.isEmpty ? nil : rest.dropFirst()
            } else {
                port = cut(entry, at: ":").1
            }
            guard let port, !port.isEmpty else { return true }
            guard let number = UInt16(port) else { return false }
            return number > 0
        }
    }

    private static func sound(_ query: Substring?) -> [Substring]? {
        guard let query, !query.isEmpty else { return [] }
        var shown: [Substring] = []
        for parameter in query.split(separator: "&", omittingEmptySubsequences: false) {
            let (name, value) = cut(parameter, at: "=")
            guard DatabaseAddress.isKeyword(name), value != nil else { return nil }
            if !DatabaseAddress.isSecretKeyword(String(name)) { shown.append(parameter) }
        }
        return shown
    }

    private static func escapesAreWhole(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]),
                isHexadecimal(bytes[index + 2])
            else { return false }
        }
        return true
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
