/// What went wrong in loading a grammar or in parsing with one, and what to do about it.
public struct SyntaxError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on.
    public enum Code: String, Sendable {
        /// The folder of grammars or its manifest is not there.
        case grammarsMissing
        /// The manifest cannot be read as what setup writes.
        case manifestMalformed
        /// The library of one grammar cannot be loaded.
        case grammarUnloadable
        /// The grammar was built for another version of the parser.
        case grammarIncompatible
        /// The parse came to the end of its budget.
        case budgetSpent
        /// The text is longer than the parser can count.
        case textTooLong
    }

    /// What programs switch on.
    public let code: Code

    /// What happened, in one line.
    public let message: String

    /// What to do, in one line.
    public let remedy: String

    /// What happened and what to do, in one line.
    public var description: String { "\(message): \(remedy)" }

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}
