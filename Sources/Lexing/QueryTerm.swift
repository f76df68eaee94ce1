/// One term that a search looks up.
public struct QueryTerm: Hashable, Sendable {
    /// Where a term comes from, and so how much a match says.
    public enum Kind: Sendable {
        /// A whole identifier of several parts, as typed.
        case whole
        /// A plain word.
        case word
        /// One part of an identifier.
        case part
        /// Two neighbouring words as one: `command tree` also finds `CommandTree`.
        case compound
    }

    /// What the index holds.
    public let lexeme: Lexeme
    /// Where it comes from.
    public let kind: Kind

    /// Makes a term.
    ///
    /// - Parameters:
    ///   - lexeme: What the index holds.
    ///   - kind: Where it comes from.
    public init(lexeme: Lexeme, kind: Kind) {
        self.lexeme = lexeme
        self.kind = kind
    }

    /// How much a match counts beside the other terms.
    public var weight: Double {
        switch kind {
        case .whole: 1.5
        case .word: 1.0
        case .part: 0.6
        case .compound: 1.0
        }
    }
}
