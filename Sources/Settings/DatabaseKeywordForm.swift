/// libpq's keyword form: `host=db port=5432 password='it''s'`, values in single quotes or bare,
/// a backslash before a quote or backslash that stands for itself.
enum DatabaseKeywordForm {
    /// Returns the pairs without their secrets, or nil when libpq could not read them.
    static func redacted(_ text: String) -> String? {
        var shown: [String] = []
        var rest = Substring(text).drop(while: \.isWhitespace)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            var keyword = rest[..<equals]
            while keyword.last?.isWhitespace == true { keyword.removeLast() }
            guard DatabaseAddress.isKeyword(keyword) else { return nil }
            rest = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
            guard let raw = takeValue(&rest) else { return nil }
            if keyword == "port" && !portsAreSound(raw) { return nil }
            if !DatabaseAddress.isSecretKeyword(String(keyword)) {
                shown.append("\(keyword)=\(raw)")
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        return shown.joined(separator: " ")
    }

    private static func takeValue(_ rest: inout Substring) -> Substring? {
        let start = rest
        let isQuoted = rest.first == "'"
        if isQuoted { rest.removeFirst() }
        while let character = rest.first {
            if character == "\\" {
                rest.removeFirst()
                guard !rest.isEmpty else { return nil }
            } else if isQuoted && character == "'" {
                rest.removeFirst()
                return start[..<rest.startIndex]
            } else if !isQuoted && character.isWhitespace {
                break
            }
            rest.removeFirst()
        }
        return isQuoted ? nil : start[..<rest.startIndex]
    }

    private static func portsAreSound(_ value: Substring) -> Bool {
        let text = value.first == "'" ? value.dropFirst().dropLast() : value
        return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy {
            $0.isEmpty || (UInt16($0) ?? 0) > 0
        }
    }
}
