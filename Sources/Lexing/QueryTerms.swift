/// Reads a query into the terms of the lexical index.
public struct QueryTerms {
    /// The longest query that is read; what follows is passed over.
    public static let maximumBytes = 4096

    /// Returns the terms of a query, each once, in the order of their first appearance.
    ///
    /// Words are split and stemmed as the index does it. English stop words are dropped unless
    /// nothing else is left.
    ///
    /// - Parameter query: Free text or code.
    /// - Returns: The terms; none when the query has no letter or digit.
    public static func terms(of query: String) -> [QueryTerm] {
        let bytes = Array(query.utf8.prefix(maximumBytes))
        let words = words(of: bytes)
        let kept = words.filter { !$0.isStopWord }
        var reader = QueryTerms()
        reader.read(kept.isEmpty ? words : kept)
        return reader.terms
    }

    private struct Word {
        var whole: [UInt8]
        var parts: [[UInt8]]

        var isStopWord: Bool { parts.count == 1 && StopWords.contains(whole) }
    }

    private var terms: [QueryTerm] = []
    private var places: [Lexeme: Int] = [:]

    private static func words(of bytes: [UInt8]) -> [Word] {
        var words: [Word] = []
        var parts = WordParts()
        bytes.withUnsafeBytes { text in
            PartScanner.forEachWord(in: text, &parts) { word in
                guard word.count > 0 else { return }
                words.append(
                    Word(whole: Array(word.whole), parts: (0..<word.count).map { Array(word[$0]) }))
            }
        }
        return words
    }

    private mutating func read(_ words: [Word]) {
        for (index, word) in words.enumerated() {
            let isIdentifier = word.parts.count > 1
            if isIdentifier { add(word.whole, .whole) }
            for part in word.parts { add(Self.stemmed(part), isIdentifier ? .part : .word) }
            if index + 1 < words.count { add(word.whole + words[index + 1].whole, .compound) }
        }
    }

    private mutating func add(_ bytes: [UInt8], _ kind: QueryTerm.Kind) {
        guard bytes.count > 1, bytes.count <= Lexeme.maximumBytes else { return }
        let term = QueryTerm(lexeme: Lexeme(bytes), kind: kind)
        if let place = places[term.lexeme] {
            if terms[place].weight < term.weight { terms[place] = term }
            return
        }
        places[term.lexeme] = terms.count
        terms.append(term)
    }

    private static func stemmed(_ word: [UInt8]) -> [UInt8] {
        var bytes = word
        let count = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { Stemmer.stem($0, count: buffer.count) } ?? 0
        }
        return Array(bytes.prefix(count))
    }
}
