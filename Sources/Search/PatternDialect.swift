/// Turns regular expressions as people write them into those of PostgreSQL.
enum PatternDialect {
    /// What stands for the same outside brackets in Perl and its kin, and in PostgreSQL.
    private static let escapes: [Character: Character] = ["b": "y", "B": "Y", "z": "Z"]

    /// Groups of Perl and its kin that PostgreSQL has not.
    private static let unknownGroups = ["(?P", "(?<", "(?>", "(?#", "(?|"]

    /// Returns the expression that means in PostgreSQL what this one means to most people.
    ///
    /// `\b` and `\B` are the ends of words, as `\y` and `\Y` are there; `\z` is the end of all.
    ///
    /// - Parameter pattern: The expression.
    /// - Returns: The expression for PostgreSQL.
    /// - Throws: ``SearchError`` for a group that PostgreSQL does not know.
    static func translated(_ pattern: String) throws(SearchError) -> String {
        var result = ""
        var rest = pattern[...]
        var isInBrackets = false
        while let character = rest.first {
            if character == "\\" {
                let escaped = rest.dropFirst().first
                result.append(character)
                if let escaped {
                    result.append(isInBrackets ? escaped : escapes[escaped] ?? escaped)
                }
                rest = rest.dropFirst(2)
                continue
            }
            if isInBrackets {
                isInBrackets = character != "]"
            } else if character == "[" {
                // A bracket right at the beginning stands for itself.
                let start = rest.prefix(while: { $0 == "[" || $0 == "^" || $0 == "]" })
                let head = Self.head(of: start)
                result += head
                rest = rest.dropFirst(head.count)
                isInBrackets = true
                continue
            } else if character == "(" {
                try refuseUnknownGroup(rest)
            }
            if isInBrackets, let end = Self.classEnd(rest) {
                result += rest[..<end]
                rest = rest[end...]
                continue
            }
            result.append(character)
            rest = rest.dropFirst()
        }
        return result
    }

    /// An expression that fits a text sign by sign.
    static func literal(_ text: String) -> String {
        var result = ""
        for character in text {
            let isSign =
                character.isASCII && !character.isLetter && !character.isNumber
                && !character.isWhitespace
            result += isSign ? "\\" + String(character) : String(character)
        }
        return result
    }

    /// `[`, `[^`, `[]` or `[^]`.
    private static func head(of start: Substring) -> String {
        var head = "["
        var rest = start.dropFirst()
        if rest.first == "^" {
            head += "^"
            rest = rest.dropFirst()
        }
        return rest.first == "]" ? head + "]" : head
    }

    /// The end of a class such as `[:alpha:]` at the beginning of a text.
    private static func classEnd(_ text: Substring) -> String.Index? {
        guard text.first == "[", let kind = text.dropFirst().first, ":.=".contains(kind) else {
            return nil
        }
        let end = text.dropFirst(2).indices.first { index in
            text[index...].hasPrefix(String(kind) + "]")
        }
        return end.map { text.index($0, offsetBy: 2) }
    }

    private static func refuseUnknownGroup(_ text: Substring) throws(SearchError) {
        guard !text.hasPrefix("(?<="), !text.hasPrefix("(?<!"),
            let group = unknownGroups.first(where: text.hasPrefix)
        else { return }
        throw SearchError(
            code: .invalidPattern,
            message: "the regular expression has a group that begins with '\(group)', "
                + "which is not known here",
            remedy: "group by '(…)' or '(?:…)'")
    }
}
