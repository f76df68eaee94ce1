import Search

/// The few lines of a result that are worth showing, and the one that is named.
struct Excerpt {
    /// The line that stands for the result: its symbol's, else the first that matches.
    let line: Int
    /// The lines, each with its number; where numbers are passed over there is a gap.
    let lines: [(number: Int, text: String)]

    /// Chooses lines: the symbol's with what follows, and those that hold most of the query.
    ///
    /// - Parameters:
    ///   - result: What is shown.
    ///   - lineCount: How many lines at most.
    init(of result: SearchResult, lineCount: Int) {
        var texts = result.snippet.split(
            omittingEmptySubsequences: false,
            // A carriage return and a line feed are one Character.
            whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        ).map(String.init)
        while let last = texts.last, last.allSatisfy(\.isWhitespace) { texts.removeLast() }
        let matches = texts.map { text in
            Set(
                result.highlights.indices.filter { index in
                    !MatchedWords.ranges(of: [result.highlights[index]], in: text).isEmpty
                })
        }
        let symbol = result.symbolLine.map { $0 - result.startLine }
            .flatMap { texts.indices.contains($0) ? $0 : nil }
        let chosen = Self.chosen(matches, symbol: symbol, lineCount: lineCount)
        let named = symbol ?? chosen.first { !matches[$0].isEmpty } ?? chosen.first ?? 0
        line = result.startLine + named
        lines = chosen.map { (result.startLine + $0, texts[$0]) }
    }

    /// How much some lines say: different words before lines that hold any.
    private static func worth(_ matches: [Set<Int>], _ lines: some Sequence<Int>) -> Int {
        var words: Set<Int> = []
        var count = 0
        for line in lines {
            words.formUnion(matches[line])
            count += matches[line].isEmpty ? 0 : 1
        }
        return 100 * words.count + count
    }

    private static func chosen(
        _ matches: [Set<Int>], symbol: Int?, lineCount: Int
    ) -> [Int] {
        if matches.count <= lineCount { return Array(matches.indices) }
        guard let symbol else {
            // One line before the first that matches shows where it stands.
            let start = bestStart(matches, count: lineCount) { worth(matches, $0) }
            let first = (start..<start + lineCount).first { !matches[$0].isEmpty } ?? start
            let begin = max(0, min(first - 1, matches.count - lineCount))
            return Array(begin..<begin + lineCount)
        }
        let start = min(symbol, matches.count - lineCount)
        let together = Array(start..<start + lineCount)
        // Beside the head of a definition, the lines that say what it does not.
        let head = symbol..<min(symbol + 2, matches.count)
        let rest = lineCount - 2
        let place = bestStart(matches, count: rest) { worth(matches, Set($0).union(head)) }
        let apart = Set(place..<place + rest).union(head)
        if worth(matches, apart) / 100 <= worth(matches, together) / 100 { return together }
        return apart.sorted()
    }

    private static func bestStart(
        _ matches: [Set<Int>], count: Int, worth: (Range<Int>) -> Int
    ) -> Int {
        var best = (start: 0, worth: -1)
        for start in 0...max(0, matches.count - count) {
            let value = worth(start..<min(start + count, matches.count))
            if value > best.worth { best = (start, value) }
        }
        return best.start
    }
}
