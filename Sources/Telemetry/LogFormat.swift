public import Logging

/// How log lines look.
public enum LogFormat: String, Sendable, CaseIterable {
    /// For people: time, level, message and fields.
    case text
    /// For machines: one JSON object a line.
    case json

    /// Makes this the program's log, on standard error; call it once, before the first line.
    ///
    /// - Parameter level: Lines below it are left out.
    public func install(level: Logger.Level = .info) {
        LoggingSystem.bootstrap { handler(label: $0, level: level) }
    }

    /// Makes a handler, for a logger of one's own.
    ///
    /// - Parameters:
    ///   - label: The logger's name.
    ///   - level: Lines below it are left out.
    ///   - output: Takes each whole line, its end included.
    /// - Returns: The handler.
    public func handler(
        label: String, level: Logger.Level = .info,
        output: @escaping @Sendable (String) -> Void = LogOutput.standardError
    ) -> any LogHandler {
        switch self {
        case .text: TextLogHandler(label: label, level: level, output: output)
        case .json: JSONLogHandler(label: label, level: level, output: output)
        }
    }
}
