/// Finds the words of a line that a search matched, to show them.
enum MatchedWords {
    /// A stem may lack this many letters of the word it stands for.
    private static let longestEnding = 4

    /// Where stems stand in a line as words or parts of identifiers, whatever their case; in order
    /// and without overlap, each to the end of its word.
    static func ranges(of stems: [String], in line: String) -> [Range<String.Index>] {
        let bytes = Array(line.utf8)
        let lower = bytes.map { isUpper($0) ? $0 + 32 : $0 }
        var spans: [Range<Int>] = []
        for stem in stems.map({ Array($0.utf8) }) where stem.count > 1 {
            var start = 0
            while start + stem.count <= lower.count {
                if lower[start..<start + stem.count].elementsEqual(stem),
                    beginsWord(bytes, at: start),
                    let end = endOfWord(bytes, from: start + stem.count)
                {
                    spans.append(start..<end)
                    start = end
                } else {
                    start += 1
                }
            }
        }
        spans.sort { ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count) }
        var end = 0
        return spans.compactMap { span in
            guard span.lowerBound >= end else { return nil }
            end = span.upperBound
            let utf8 = line.utf8
            return utf8.index(
                utf8.startIndex, offsetBy: span.lowerBound)..<utf8.index(
                    utf8.startIndex, offsetBy: span.upperBound)
        }
    }

    private static func beginsWord(_ bytes: [UInt8], at place: Int) -> Bool {
        guard place > 0 else { return true }
        return !isLetter(bytes[place - 1]) || isUpper(bytes[place]) && !isUpper(bytes[place - 1])
    }

    /// The end of the word that a stem begins, or nil when the word is another one.
    private static func endOfWord(_ bytes: [UInt8], from place: Int) -> Int? {
        var end = place
        while end < bytes.count, isLower(bytes[end]) { end += 1 }
        return end - place <= longestEnding ? end : nil
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (65...90).contains(byte) }

    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
}
