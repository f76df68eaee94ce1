/// Why an embedder cannot be used, and what to do.
public struct EmbeddingError: Error, Sendable, CustomStringConvertible {
    /// What a program may act on.
    public enum Code: String, Sendable {
        /// There is no model file where one was expected.
        case modelMissing
        /// The model file cannot be read.
        case modelUnreadable
        /// The model file is not one, is cut short or was altered.
        case modelDamaged
        /// The model file is of a version that this program does not know.
        case modelVersionUnknown
    }

    /// What a program may act on.
    public let code: Code
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What a program may act on.
    ///   - message: What happened.
    ///   - remedy: What to do about it.
    public init(code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
