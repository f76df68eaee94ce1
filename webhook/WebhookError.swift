/// Why a stored delivery cannot be run again.
public struct WebhookError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on.
    public enum Code: Sendable {
        /// No repository of the workspace is meant any more.
        case noRepository
        /// The body cannot be read, or asks for nothing.
        case nothingToDo
    }

    /// What a program switches on.
    public let code: Code
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
