/// English words that tell nothing about what a query looks for.
///
/// Only queries lose them; the index keeps every word. Words that name things in code (`for`,
/// `if`, `is`, `in`, `get`, `set`, `new`, `all`) are weighed by their frequency where they are not
/// listed here.
enum StopWords {
    private static let words: Set<[UInt8]> = {
        let text = """
            a about an and any are as at be been but by can could did do does for from had has \
            have how i if in into is it its me my no of on or our should so some such than that \
            the their them then there these they this those to us was we were what when where \
            which who why will with would you your
            """
        return Set(text.split(separator: " ").map { Array($0.utf8) })
    }()

    /// Tells whether a lower-cased word is a stop word.
    ///
    /// - Parameter word: The bytes of the word.
    /// - Returns: Whether it is listed.
    static func contains(_ word: [UInt8]) -> Bool {
        words.contains(word)
    }
}
