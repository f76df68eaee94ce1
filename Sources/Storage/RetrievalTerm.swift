import Postgres

/// A word that a search looks up, and how much a match counts for the choice of candidates.
public struct RetrievalTerm: Sendable, Hashable {
    /// The word as the index holds it.
    public var lexeme: [UInt8]
    /// How much a match counts.
    public var weight: Double

    /// Makes a term; the parameters are its properties.
    public init(lexeme: [UInt8], weight: Double) {
        self.lexeme = lexeme
        self.weight = weight
    }

    /// The word as a text that PostgreSQL reads as a tsquery of just this word.
    var queryText: String {
        var quoted = "'"
        for scalar in String(decoding: lexeme, as: UTF8.self).unicodeScalars where scalar != "\0" {
            if scalar == "'" || scalar == "\\" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "'"
    }
}

extension [RetrievalTerm] {
    /// A tsquery that any of the words satisfies.
    var anyOf: String { map(\.queryText).joined(separator: " | ") }
}
