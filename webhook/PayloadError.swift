/// Why a body or one of its fields cannot be read.
public struct PayloadError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, without anything of the body's content.
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    static func malformed(_ field: String) -> PayloadError {
        PayloadError("the field '\(field)' is malformed")
    }

    /// The reason.
    public var description: String { reason }
}
