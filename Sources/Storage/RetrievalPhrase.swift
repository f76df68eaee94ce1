/// Words that must stand one after another in a text.
public struct RetrievalPhrase: Sendable, Hashable {
    /// One word of a phrase.
    public struct Word: Sendable, Hashable {
        /// How many words of the phrase come before it, those that the index leaves out counted.
        public var offset: Int
        /// The word as the index holds it.
        public var lexeme: [UInt8]

        /// Makes a word; the parameters are its properties.
        public init(offset: Int, lexeme: [UInt8]) {
            self.offset = offset
            self.lexeme = lexeme
        }
    }

    /// The words, in order; never none.
    public var words: [Word]

    /// Makes a phrase; the parameter is its property.
    public init(words: [Word]) {
        self.words = words
    }

    /// The phrase as a text that PostgreSQL reads as a tsquery.
    var queryText: String {
        var text = ""
        var last: Int?
        for word in words {
            if let last { text += " <\(word.offset - last)> " }
            text += RetrievalTerm(lexeme: word.lexeme, weight: 1).queryText
            last = word.offset
        }
        return text
    }
}
