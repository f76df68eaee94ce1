/// What went wrong while the index followed a repository.
public struct IndexingError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: Sendable, Hashable {
        /// The repository has no commit yet.
        case noCommit
        /// The repository is not in the index.
        case notIndexed
        /// The ref kept moving while it was indexed.
        case refBusy
        /// A request cannot be met in this form.
        case invalidRequest
    }

    /// What a program switches on.
    public let code: Code
    /// What happened, as a sentence without its full stop.
    public let message: String
    /// What the user can do about it.
    public let remedy: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program switches on.
    ///   - message: What happened.
    ///   - remedy: What the user can do about it.
    public init(code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
