import Git
import Search
import Storage

/// Prints an answer as a person wants to read it: place, symbol, and a few lines.
enum SearchAnswerText {
    private static let linesPerResult = 6
    private static let columns = 160

    static func print(_ answer: SearchAnswer) {
        if answer.results.isEmpty {
            Terminal.print("nothing found")
        }
        let names = Set(answer.results.map(\.repository))
        for result in answer.results {
            var head = place(of: result)
            if names.count > 1 || answer.freshness.count > 1 {
                head = Style.dim(result.repository + " ") + head
            }
            if let symbol = result.symbol, result.item == nil {
                head += "  " + Style.symbol(symbol)
            }
            head += Style.dim("  \(result.item?.kind ?? result.kind)")
            Terminal.print(head)
            for (number, line) in lines(of: result) {
                Terminal.print(Style.dim(pad(number)) + "  " + mark(line, result.highlights))
            }
            Terminal.print("")
        }
        if !answer.isComplete {
            Terminal.print(Style.dim("there are more places than an answer can hold: narrow it"))
        }
        for freshness in answer.freshness {
            guard let state = state(freshness) else { continue }
            Terminal.print(
                Style.dim("the index of \(freshness.repository) \(freshness.ref) \(state)"))
        }
    }

    /// Where a result is: a file's line, or the address of an issue and the like with its title.
    private static func place(of result: SearchResult) -> String {
        guard let item = result.item else {
            return Style.path(result.path.description) + ":" + Style.line("\(result.startLine)")
        }
        return Style.path(safe(item.url)) + "  " + Style.symbol(safe(item.title))
    }

    /// How the index of a ref is not up to date, or nil where it is.
    private static func state(_ freshness: Freshness) -> String? {
        guard let behind = freshness.behind else {
            let seen = freshness.seenCommit
            return seen == freshness.indexedCommit
                ? "is of a ref that cannot be found any more"
                : "is not at \(seen.hex.prefix(10)) yet, where the ref is now"
        }
        var parts: [String] = []
        if behind > 0 {
            parts.append("is " + Counted.text(behind, "commit") + " away from where the ref is now")
        }
        if let changed = freshness.changedFiles, changed > 0 {
            parts.append(
                "is behind " + Counted.text(changed, "changed file") + " of the working tree")
        }
        if freshness.hasOtherRules {
            parts.append(
                "was made by other patterns or an older version than the repository's last")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// The lines of a result that are worth showing: from the first one that matches on.
    private static func lines(of result: SearchResult) -> [(Int, String)] {
        let all = result.snippet.split(
            omittingEmptySubsequences: false,
            // A carriage return and a line feed are one Character.
            whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        )
        .map(String.init)
        var numbered = Array(zip(result.snippetStartLine..., all))
        while let last = numbered.last, last.1.allSatisfy(\.isWhitespace) { numbered.removeLast() }
        let isMatch = { (line: String) in
            !MatchedWords.ranges(of: result.highlights, in: line).isEmpty
        }
        let first = numbered.firstIndex { isMatch($0.1) } ?? 0
        let start = max(0, min(first - 1, numbered.count - linesPerResult))
        return Array(numbered.dropFirst(start).prefix(linesPerResult))
    }

    private static func pad(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, 6 - text.count)) + text
    }

    private static func mark(_ line: String, _ words: [String]) -> String {
        let visible = safe(line.count > columns ? line.prefix(columns) + "…" : line)
        guard Terminal.outputHasColour else { return visible }
        var text = ""
        var place = visible.startIndex
        for range in MatchedWords.ranges(of: words, in: visible) {
            text += visible[place..<range.lowerBound] + Style.match(String(visible[range]))
            place = range.upperBound
        }
        return text + visible[place...]
    }

    /// The line without what would steer the terminal it is shown on.
    private static func safe(_ line: String) -> String {
        String(
            String.UnicodeScalarView(
                line.unicodeScalars.map { scalar in
                    scalar == "\t" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                        ? scalar : "\u{FFFD}"
                }))
    }
}
