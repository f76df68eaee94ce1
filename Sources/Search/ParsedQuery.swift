import Lexing

/// A query taken apart: its text, and what narrows the search.
struct ParsedQuery: Equatable {
    /// What is looked for, the symbol's name in front, without the other parts below.
    var text = ""
    /// A regular expression, where the query is one.
    var pattern: String?
    /// The name that a definition must have, also part of the text.
    var symbol: String?
    var repository: String?
    var ref: String?
    var paths: [String] = []
    var languages: [String] = []
    var kinds: [String] = []
    /// Words that must not occur.
    var excluded: [String] = []
    /// Words that must stand together, also part of the text.
    var phrases: [String] = []

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - query: As the user wrote it.
    ///   - isPattern: Whether all of it is a regular expression.
    init(_ query: String, isPattern: Bool = false) {
        if isPattern {
            pattern = query
            return
        }
        let trimmed = query.trimmingSpaces()
        if trimmed.count > 2, trimmed.hasPrefix("/"), trimmed.hasSuffix("/") {
            pattern = String(trimmed.dropFirst().dropLast())
            return
        }
        var kept: [String] = []
        for word in Self.words(of: trimmed) where !take(word) { kept.append(word.text) }
        text = ((symbol.map { [$0] } ?? []) + kept).joined(separator: " ")
    }

    private struct Word {
        var text: String
        var isQuoted: Bool
    }

    /// What a quote that is open stands around.
    private enum Quote {
        case none, phrase, value
    }

    /// What narrows the search by what follows it.
    private static let prefixes: Set<String> = ["sym:", "path:", "lang:", "kind:", "repo:", "ref:"]

    /// The words between spaces; a quoted run of words is one.
    private static func words(of query: String) -> [Word] {
        var words: [Word] = []
        var current = ""
        var quote = Quote.none
        func end() {
            if !current.isEmpty {
                words.append(Word(text: current, isQuoted: quote == .phrase))
            }
            current = ""
        }
        let quoteCount = query.count { $0 == "\"" }
        var seenQuotes = 0
        for character in query {
            if character == "\"" {
                seenQuotes += 1
                if quote != .none {
                    end()
                    quote = .none
                    continue
                }
                // The last of an odd number of quotes is just a character.
                if seenQuotes < quoteCount, current.isEmpty || prefixes.contains(current) {
                    quote = current.isEmpty ? .phrase : .value
                    continue
                }
            }
            if character.isWhitespace && quote == .none {
                end()
            } else {
                current.append(character)
            }
        }
        end()
        return words
    }

    /// Whether a word narrows the search and is no part of the text.
    private mutating func take(_ word: Word) -> Bool {
        if word.isQuoted {
            phrases.append(word.text)
            return false
        }
        if let value = word.text.value(after: "sym:") {
            symbol = value
        } else if let value = word.text.value(after: "path:") {
            paths.append(value)
        } else if let value = word.text.value(after: "lang:") {
            languages.append(value)
        } else if let value = word.text.value(after: "kind:") {
            kinds.append(value)
        } else if let value = word.text.value(after: "repo:") {
            repository = value
        } else if let value = word.text.value(after: "ref:") {
            ref = value
        } else if word.text.hasPrefix("-"),
            let second = word.text.dropFirst().first, second.isLetter || second == "_"
        {
            excluded.append(String(word.text.dropFirst()))
        } else {
            return false
        }
        return true
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    fileprivate func value(after prefix: String) -> String? {
        guard hasPrefix(prefix), utf8.count > prefix.utf8.count else { return nil }
        return String(dropFirst(prefix.count))
    }
}
