/// Why the settings cannot be used, in one line that names the setting and the form it needs.
///
/// Neither the message nor the remedy ever holds the value of a setting.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
    /// What programs switch on.
    public enum Code: String, Sendable {
        /// A setting that is needed has no value.
        case missing
        /// A value does not have the form that its setting needs.
        case malformed
        /// A settings file cannot be read, or is not what its format demands.
        case unreadableFile
        /// A value is known, but this version cannot act on it.
        case unsupported
    }

    /// The kind of failure.
    public let code: Code
    /// The setting or file that is at fault, such as `DATABASE_URL`.
    public let subject: String
    /// What happened.
    public let message: String
    /// What to do about it.
    public let remedy: String

    /// Describes one failure.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - subject: The setting or file at fault.
    ///   - message: What happened, without any value.
    ///   - remedy: What to do about it.
    public init(code: Code, subject: String, message: String, remedy: String) {
        self.code = code
        self.subject = subject
        self.message = message
        self.remedy = remedy
    }

    /// "what happened: what to do", on one line.
    public var description: String { "\(message): \(remedy)" }

    static func malformed(_ name: SettingName, origin: SettingOrigin, form: String) -> Self {
        SettingsError(
            code: .malformed, subject: name.rawValue,
            message: "\(name.rawValue) (from \(origin)) is malformed", remedy: form)
    }
}
