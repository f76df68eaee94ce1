/// What went wrong with the index's tables.
public struct StorageError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure that a program can act upon.
    public enum Code: Sendable, Hashable {
        /// The server is older than the program needs.
        case serverTooOld
        /// The server lacks pgvector or has an old one.
        case vectorExtension
        /// The schema is older than the program.
        case schemaBehind
        /// The schema is newer than the program, or was changed by hand.
        case schemaUnknown
        /// Someone else moved the ref in the meantime.
        case refMoved
        /// The connection that held the lock of a ref was lost.
        case lockLost
        /// A row holds what this program never writes.
        case damagedRow
        /// The request names something that is not there.
        case notFound
        /// A name that must be unique is taken.
        case nameTaken
        /// The workspace has that repository already.
        case alreadyConnected
        /// A value outside its range was asked for.
        case invalidArgument
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

    static var refMoved: StorageError {
        StorageError(
            code: .refMoved, message: "the ref was indexed by another process meanwhile",
            remedy: "run the command again")
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }
}
