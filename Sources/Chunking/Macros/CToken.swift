/// A token of C and its kin, as far as it tells macros from names.
struct CToken {
    enum Kind: UInt8 {
        /// A name like any other.
        case plain
        /// A name that only capitals or two low lines in front mark as a macro's, perhaps.
        case macro
        /// A word of a type of the language: `int`, `unsigned`.
        case type
        /// A word that the name of a type comes after: `struct`, `class`.
        case tag
        /// A word that may stand in a declaration and names nothing: `static`, `const`.
        case qualifier
        /// A word of statements and expressions, with which no declaration goes on.
        case control
        /// One byte of punctuation.
        case sign
        /// A number, character or string.
        case literal
        /// A line of the preprocessor.
        case directive
        /// Made blank.
        case gone

        /// Whether it can be a part of a declaration's words.
        var isWord: Bool { rawValue <= Self.qualifier.rawValue }
        /// Whether it can be what is declared.
        var isName: Bool { self == .plain || self == .macro }
    }

    var kind: Kind
    var start: Int32
    var end: Int32
}
