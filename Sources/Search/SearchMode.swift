/// How a query is answered.
public enum SearchMode: String, Sendable, CaseIterable {
    /// Words, vectors, names and paths together.
    case hybrid
    /// Vectors alone: texts that mean the like.
    case semantic
    /// Words alone, with those of names and paths.
    case lexical
    /// Definitions by their names.
    case symbol
    /// Lines that a regular expression fits.
    case regex
}
