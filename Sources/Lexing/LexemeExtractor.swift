/// Reads a text into the lexemes of the lexical index.
///
/// Each word gives its parts, stemmed; a word of several parts gives itself as well, without low
/// lines, so that `parse_args`, `parseArgs` and `parseargs` meet. Parts have consecutive places,
/// and the whole word has the place of its first part: the phrase "parse args" finds `parseArgs`.
/// Single ASCII characters are left out. The instance keeps its memory from text to text; use one
/// per thread.
public final class LexemeExtractor {
    private var table = LexemeTable()

    /// Makes an extractor.
    public init() {}

    /// Returns the lexemes of a text.
    ///
    /// - Parameter body: The text; bytes that are not UTF-8 part words.
    /// - Returns: The distinct lexemes with their places.
    public func lexemes(of body: UnsafeRawBufferPointer) -> LexemeList {
        Self.read(body, into: &table)
    }

    /// Returns the lexemes of a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The distinct lexemes with their places.
    public func lexemes(of text: String) -> LexemeList {
        Array(text.utf8).withUnsafeBytes { lexemes(of: $0) }
    }

    private static func read(
        _ body: UnsafeRawBufferPointer, into table: inout LexemeTable
    ) -> LexemeList {
        var parts = WordParts()
        var position = 1
        PartScanner.forEachWord(in: body, &parts) { word in
            if word.count > 1 {
                table.insert(word.whole, at: position, isStemmed: false)
            }
            for index in 0..<word.count {
                table.insert(word[index], at: position + index, isStemmed: true)
            }
            position += word.count
        }
        return table.drain(partCount: position - 1)
    }
}
