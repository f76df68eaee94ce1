/// Why a search gave no answer.
public struct SearchError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: Sendable, Hashable {
        /// The query is empty, too long, or has no word.
        case invalidQuery
        /// The regular expression is malformed.
        case invalidPattern
        /// The search takes too long.
        case tooExpensive
        /// A limit or cursor is out of its range.
        case invalidPage
        /// No repository has that name.
        case unknownRepository
        /// The ref is not indexed, or does not exist.
        case unknownRef
        /// No indexed file has that language.
        case unknownLanguage
        /// Nothing is indexed yet.
        case nothingIndexed
        /// The index holds no vectors of the model at hand.
        case noVectors
        /// No chunk stands at the place that was named.
        case unknownPlace
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String
    /// What the failure comes from, where it comes from another.
    public let cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    ///   - cause: What the failure comes from.
    public init(code: Code, message: String, remedy: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.cause = cause
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
