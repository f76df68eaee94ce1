extension RemoteURL {
    /// What stands between `//` and the path of a URL, and the rest of it.
    struct Authority {
        let user: String?
        let password: String?
        let host: String
        let port: String?
        /// From the slash on.
        let path: String

        init(_ rest: Substring) throws(GitError) {
            let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
            path = String(rest[end...])
            var place = rest[..<end]
            // The last one: a careless password has one in it.
            if let at = place.lastIndex(of: "@") {
                let words = place[..<at].split(
                    separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                user = words[0].isEmpty ? nil : Self.decoded(words[0])
                password = words.count > 1 ? Self.decoded(words[1]) : nil
                place = place[place.index(after: at)...]
            } else {
                user = nil
                password = nil
            }
            (host, port) = try Self.split(place)
        }

        /// The host and port as they stand in a URL.
        var place: String {
            (host.contains(":") ? "[\(host)]" : host) + (port.map { ":" + $0 } ?? "")
        }

        var credentials: RemoteCredentials {
            guard user != nil || password != nil else { return .none }
            return .token(username: user ?? "", password: password ?? "")
        }

        private static func split(_ place: Substring) throws(GitError) -> (String, String?) {
            var host = place
            var port: Substring?
            if place.hasPrefix("["), let bracket = place.firstIndex(of: "]") {
                host = place[place.index(after: place.startIndex)..<bracket]
                let rest = place[place.index(after: bracket)...]
                port = rest.hasPrefix(":") ? rest.dropFirst() : nil
            } else if let colon = place.firstIndex(of: ":") {
                host = place[..<colon]
                port = place[place.index(after: colon)...]
            }
            if port?.isEmpty == true { port = nil }
            guard !host.isEmpty, !host.hasPrefix("-"),
                host.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "%") }),
                port.map({ UInt16($0) != nil }) ?? true
            else {
                throw RemoteURL.unsupported("the URL of a remote needs a host, and a port number")
            }
            return (host.lowercased(), port.map(String.init))
        }

        private static func decoded(_ text: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%"), rest.count >= 2,
                    let high = HexadecimalDigit.value(of: rest[rest.startIndex]),
                    let low = HexadecimalDigit.value(of: rest[rest.startIndex + 1])
                {
                    bytes.append(high << 4 | low)
                    rest.removeFirst(2)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
