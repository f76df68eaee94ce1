/// The part of a chunk's text that is shown.
struct Snippet {
    var text: String
    /// Where it begins in the file, from 1.
    var startLine: Int
    /// Where it ends.
    var endLine: Int

    /// Takes the whole text where it is short, else the lines with the most different words.
    ///
    /// - Parameters:
    ///   - body: The chunk's text.
    ///   - startLine: The chunk's first line.
    ///   - focus: A line of the file that should be within, as that of a definition.
    ///   - matcher: Finds the words of the query; without one the first lines are taken.
    init(of body: String, startLine: Int, focus: Int? = nil, matcher: TermMatcher? = nil) {
        var lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let limit = SearchLimits.snippetLines
        var first = 0
        if lines.count > limit {
            if let focus, (startLine..<startLine + lines.count).contains(focus) {
                first = min(max(0, focus - startLine - 2), lines.count - limit)
            } else if let matcher {
                first = Self.bestStart(lines, matcher)
            }
        }
        var kept = lines[first..<min(lines.count, first + limit)]
        var size = kept.reduce(0) { $0 + $1.utf8.count + 1 }
        while size > SearchLimits.snippetBytes, kept.count > 1, let last = kept.popLast() {
            size -= last.utf8.count + 1
        }
        text = Self.limited(kept.joined(separator: "\n"))
        self.startLine = startLine + first
        endLine = self.startLine + max(0, kept.count - 1)
    }

    private static func bestStart(_ lines: [Substring], _ matcher: TermMatcher) -> Int {
        let matches = lines.map { line in
            Set(NameWords(line.utf8).parts.compactMap { matcher.match($0)?.term })
        }
        var best = (start: 0, score: -1)
        let limit = SearchLimits.snippetLines
        for start in stride(from: 0, through: lines.count - limit, by: 4) {
            let window = matches[start..<start + limit]
            let distinct = window.reduce(into: Set<Int>()) { $0.formUnion($1) }.count
            let score = 100 * distinct + window.count { !$0.isEmpty }
            if score > best.score { best = (start, score) }
        }
        return best.start
    }

    private static func limited(_ text: String) -> String {
        guard text.utf8.count > SearchLimits.snippetBytes else { return text }
        var bytes = Array(text.utf8.prefix(SearchLimits.snippetBytes))
        // A character that was cut is left out.
        while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
        if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
