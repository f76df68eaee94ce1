import ArgumentParser

/// What the parser would read otherwise than its user means it, put right before it reads.
enum CommandLineWords {
    /// Stands for the dash of a query's word, so that the parser does not take the word for options.
    private static let shieldedDash: Character = "\u{F02D}"
    /// Long options of `search` that stand alone; after any other one comes its value.
    private static let flags: Set<String> = ["--json", "--quiet", "--help", "--version"]

    /// Returns the words of the command line as the parser is to have them.
    ///
    /// - Parameter words: The words after `gitdex`.
    /// - Returns: The words; query words that begin with a dash are shielded.
    /// - Throws: `ValidationError` where help is wanted for a command that there is not.
    static func prepared(_ words: [String]) throws -> [String] {
        switch words.first {
        case "help":
            try checkHelp(words.dropFirst())
            return words
        case "search":
            return shielded(words)
        default:
            return words
        }
    }

    /// Returns a query's word as the user wrote it.
    static func revealed(_ word: String) -> String {
        word.first == shieldedDash ? "-" + word.dropFirst() : word
    }

    /// Shields the words `-cookie` and `-here session` of a query: single letters are options, and
    /// whoever joins them, as in `-qh`, cannot be told from who leaves a word out of a search.
    private static func shielded(_ words: [String]) -> [String] {
        var result: [String] = []
        var isValue = false
        for (index, word) in words.enumerated() {
            if word == "--" { return result + words[index...] }
            if !isValue, isQueryWord(word) {
                result.append(String(shieldedDash) + word.dropFirst())
            } else {
                result.append(word)
            }
            isValue =
                !isValue
                && (word == "-k"
                    || word.hasPrefix("--") && !word.contains("=") && !flags.contains(word))
        }
        return result
    }

    private static func isQueryWord(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word.count > 2 else { return false }
        if word.contains(where: \.isWhitespace) { return word.prefixMatch(of: /--[a-z-]+=/) == nil }
        return !word.hasPrefix("--") && word.wholeMatch(of: /-k=?[0-9]+/) == nil
    }

    private static func checkHelp(_ names: ArraySlice<String>) throws {
        var command: any ParsableCommand.Type = Gitdex.self
        for name in names where !name.hasPrefix("-") {
            let known = command.configuration.subcommands
            guard let next = known.first(where: { $0._commandName == name }) else {
                throw ValidationError("There is no command '\(name)'.")
            }
            command = next
        }
    }
}
