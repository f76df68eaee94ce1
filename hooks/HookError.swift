/// Why hooks could not be installed, removed or run.
public struct HookError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on.
    public enum Code: String, Sendable {
        /// A hook and the earlier hook kept beside it are both somebody else's.
        case conflict
        /// The file system refused.
        case fileSystem
        /// The program that the hooks shall run is not named by an absolute path.
        case badExecutable
    }

    /// The kind of failure.
    public let code: Code
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    /// Describes one failure.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - message: What happened.
    ///   - remedy: What to do about it.
    public init(code: Code, message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// "what happened: what to do", on one line.
    public var description: String { "\(message): \(remedy)" }
}
