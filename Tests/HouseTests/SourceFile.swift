import Testing

/// A Swift file, its text, and its code with comments and string contents blanked out.
struct SourceFile: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String
    let lines: [Substring]
    let codeLines: [Substring]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        codeLines = CodeBlanker.blank(text).split(
            separator: "\n", omittingEmptySubsequences: false)
    }

    var testDescription: String { path }

    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The modules that the file imports, without the standard library's submodules.
    var imports: [String] {
        codeLines.compactMap { line in
            var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
            while let word = words.first, word != "import" {
                guard word.hasPrefix("@") || Self.modifiers.contains(String(word)) else {
                    return nil
                }
                words.removeFirst()
            }
            words = words.dropFirst()
            if let kind = words.first, Self.kinds.contains(String(kind)) { words.removeFirst() }
            return words.first.map { String($0.split(separator: ".")[0]) }
        }
    }

    /// The functions of the file: the line each begins at, from 1, and its number of lines.
    var functions: [(line: Int, count: Int)] {
        var found: [(line: Int, count: Int)] = []
        for index in codeLines.indices where Self.beginsFunction(codeLines[index]) {
            if let end = lastLine(from: index) { found.append((index + 1, end - index + 1)) }
        }
        return found
    }

    private static let modifiers: Set<String> = [
        "public", "internal", "private", "fileprivate", "package",
    ]
    private static let kinds: Set<String> = [
        "struct", "class", "enum", "protocol", "func", "let", "var", "typealias",
    ]

    private static func beginsFunction(_ line: Substring) -> Bool {
        let words = line.split(whereSeparator: { " \t(<?".contains($0) })
        guard let index = words.firstIndex(where: { ["func", "init", "deinit"].contains($0) })
        else { return false }
        return words[..<index].allSatisfy { word in
            word.hasPrefix("@") || word.allSatisfy { $0.isLetter || $0 == ")" }
        } && !words[..<index].contains("let") && !words[..<index].contains("return")
    }

    /// Returns the line on which the body that begins at or after `start` closes.
    private func lastLine(from start: Int) -> Int? {
        var braces = 0
        var parentheses = 0
        var isOpen = false
        for index in start..<codeLines.count {
            for character in codeLines[index] {
                switch character {
                case "(": parentheses += 1
                case ")": parentheses -= 1
                case "{" where parentheses == 0 || isOpen:
                    braces += 1
                    isOpen = true
                case "}" where isOpen:
                    braces -= 1
                    if braces == 0 { return index }
                case "}" where parentheses == 0:
                    return nil
                default: break
                }
            }
        }
        return nil
    }
}
