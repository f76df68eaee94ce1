import Testing

/// What Package.swift says, read as text.
enum PackageManifest {
    /// The dependencies of each library room and of the command.
    static func rooms() throws -> [String: Set<String>] {
        let text = try #require(Checkout.text(of: "Package.swift"))
        var rooms: [String: Set<String>] = [:]
        let call = /(?:room\(\s*|executableTarget\(\s*name: )"(\w+)"/
        for match in text.matches(of: call) {
            let body = enclosed(text[match.range.lowerBound...])
            rooms[String(match.1)] = Set(
                lists(in: body).flatMap { $0.matches(of: /"(\w+)"/).map { String($0.1) } })
        }
        return rooms
    }

    /// The text from a call's name to the parenthesis that closes it.
    private static func enclosed(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" {
                depth -= 1
                if depth == 0 { return text[...index] }
            }
        }
        return text
    }

    /// The bracketed lists of a call, without those of resources and settings.
    private static func lists(in body: Substring) -> [Substring] {
        var found: [Substring] = []
        var rest = body
        while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
            let label = rest[..<open].suffix(20)
            if !label.contains("resources:") && !label.contains("exclude:") {
                found.append(rest[open...close])
            }
            rest = rest[rest.index(after: close)...]
        }
        return found
    }
}
