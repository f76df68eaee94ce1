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
            let excerpt = Excerpt(of: result, lineCount: linesPerResult)
            var head = place(of: result, line: excerpt.line)
            if names.count > 1 || answer.freshness.count > 1 {
                head = Style.dim(result.repository + " ") + head
            }
            if let symbol = result.symbol, result.item == nil {
                head += "  " + Style.symbol(symbol)
            }
            head += Style.dim("  \(result.item?.kind ?? result.kind)")
            Terminal.print(head)
            var next = excerpt.lines.first?.number ?? 0
            for (number, line) in excerpt.lines {
                if number > next { Terminal.print(Style.dim(pad("…"))) }
                Terminal.print(
                    Style.dim(pad(String(number))) + "  " + mark(line, result.highlights))
                next = number + 1
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
    private static func place(of result: SearchResult, line: Int) -> String {
        guard let item = result.item else {
            return Style.path(result.path.description) + ":" + Style.line("\(line)")
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

    private static func pad(_ text: String) -> String {
        String(repeating: " ", count: max(0, 6 - text.count)) + text
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
