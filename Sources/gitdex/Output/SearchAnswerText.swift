import Git
import Search

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
            var head = Style.path(result.path.description) + ":" + Style.line("\(result.startLine)")
            if names.count > 1 || answer.freshness.count > 1 {
                head = Style.dim(result.repository + " ") + head
            }
            if let symbol = result.symbol { head += "  " + Style.symbol(symbol) }
            head += Style.dim("  \(result.kind)")
            Terminal.print(head)
            for (number, line) in lines(of: result) {
                Terminal.print(Style.dim(pad(number)) + "  " + mark(line, result.highlights))
            }
            Terminal.print("")
        }
        for freshness in answer.freshness where freshness.behind != 0 {
            let distance =
                freshness.behind.map { "\($0) commits" } ?? "an unknown number of commits"
            Terminal.print(
                Style.dim("\(freshness.repository) \(freshness.ref) is \(distance) behind"))
        }
    }

    /// The lines of a result that are worth showing: from the first one that matches on.
    private static func lines(of result: SearchResult) -> [(Int, String)] {
        let all = result.snippet.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.last == "\r" ? String($0.dropLast()) : String($0) }
        var numbered = Array(zip(result.snippetStartLine..., all))
        while let last = numbered.last, last.1.allSatisfy(\.isWhitespace) { numbered.removeLast() }
        let isMatch = { (line: String) in !ranges(in: line, result.highlights).isEmpty }
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
        for range in ranges(in: visible, words) {
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

    /// Where words stand in a line, in order and without overlap, whatever their case.
    private static func ranges(in line: String, _ words: [String]) -> [Range<String.Index>] {
        let lower = Array(line.utf8).map { (65...90).contains($0) ? $0 + 32 : $0 }
        var spans: [Range<Int>] = []
        for word in words {
            let wanted = Array(word.utf8)
            guard wanted.count > 1, lower.count >= wanted.count else { continue }
            var start = 0
            while start + wanted.count <= lower.count {
                if lower[start..<start + wanted.count].elementsEqual(wanted) {
                    spans.append(start..<start + wanted.count)
                    start += wanted.count
                } else {
                    start += 1
                }
            }
        }
        spans.sort { ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count) }
        var result: [Range<String.Index>] = []
        var end = 0
        for span in spans where span.lowerBound >= end {
            let utf8 = line.utf8
            let lower = utf8.index(utf8.startIndex, offsetBy: span.lowerBound)
            let upper = utf8.index(utf8.startIndex, offsetBy: span.upperBound)
            result.append(lower..<upper)
            end = span.upperBound
        }
        return result
    }
}
