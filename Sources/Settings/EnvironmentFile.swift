/// The `NAME=value` lines of a file such as `.env`.
///
/// Blank lines and lines that start with `#` are skipped, `export ` before a name is allowed, the
/// last value of a name wins. A value in single quotes is taken as it stands; in double quotes
/// `\n`, `\t`, `\"`, `\\` and `\$` are unescaped; without quotes it ends at ` #` and is trimmed.
/// Nothing is expanded and no command runs.
enum EnvironmentFile {
    /// Reads the pairs of a file's text.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - path: The file's name for messages.
    /// - Returns: The values by name.
    /// - Throws: ``SettingsError`` naming the line at fault, never its content.
    static func parse(_ text: String, path: String) throws(SettingsError) -> [String: String] {
        var values: [String: String] = [:]
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let trimmed = trim(line)
            if trimmed.isEmpty || trimmed.first == "#" { continue }
            guard let (name, value) = pair(trimmed) else {
                throw SettingsError(
                    code: .unreadableFile, subject: path,
                    message: "line \(number) of \(path) is not a setting",
                    remedy: "write NAME=value, with matching quotes where you use them")
            }
            values[name] = value
        }
        return values
    }

    private static func pair(_ line: Substring) -> (String, String)? {
        var rest = line
        if rest.hasPrefix("export "), let space = rest.firstIndex(of: " ") {
            rest = trim(rest[space...])
        }
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        let name = trim(rest[..<equals])
        guard isName(name), let value = value(trim(rest[rest.index(after: equals)...])) else {
            return nil
        }
        return (String(name), value)
    }

    private static func isName(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || (0x30...0x39).contains($0) || $0 == 0x5F
        }
    }

    private static func value(_ text: Substring) -> String? {
        switch text.first {
        case "'":
            let body = text.dropFirst()
            guard let close = body.firstIndex(of: "'") else { return nil }
            return isRemark(body[body.index(after: close)...]) ? String(body[..<close]) : nil
        case "\"":
            return quoted(text.dropFirst())
        default:
            return bare(text)
        }
    }

    private static func quoted(_ text: Substring) -> String? {
        var value = ""
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            index = text.index(after: index)
            if character == "\"" { return isRemark(text[index...]) ? value : nil }
            guard character == "\\", index < text.endIndex else {
                value.append(character)
                continue
            }
            let escaped = text[index]
            index = text.index(after: index)
            switch escaped {
            case "n": value.append("\n")
            case "t": value.append("\t")
            case "\"", "\\", "$": value.append(escaped)
            default:
                value.append("\\")
                value.append(escaped)
            }
        }
        return nil
    }

    private static func bare(_ text: Substring) -> String {
        var previous: Character = " "
        for index in text.indices {
            if text[index] == "#", previous.isWhitespace { return String(trim(text[..<index])) }
            previous = text[index]
        }
        return String(text)
    }

    private static func isRemark(_ text: Substring) -> Bool {
        let rest = trim(text)
        return rest.isEmpty || rest.first == "#"
    }

    private static func trim(_ text: Substring) -> Substring {
        var slice = text.drop(while: \.isWhitespace)
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }
}
