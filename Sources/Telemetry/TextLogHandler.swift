public import Logging

/// Writes log lines for people: `time level logger: message key=value`.
///
/// Each event is one line: line ends within it are written as `\n`. Values that are named like a
/// secret, and passwords in URLs, are left out.
public struct TextLogHandler: LogHandler {
    /// Lines below it are left out.
    public var logLevel: Logger.Level
    /// What every line carries.
    public var metadata: Logger.Metadata = [:]
    /// Gives what every line carries at its moment.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let output: @Sendable (String) -> Void

    init(label: String, level: Logger.Level, output: @escaping @Sendable (String) -> Void) {
        self.label = label
        logLevel = level
        self.output = output
    }

    /// One value of what every line carries.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event.
    ///
    /// - Parameter event: The event.
    public func log(event: LogEvent) {
        var line = "\(LogOutput.timestamp()) \(event.level.rawValue) \(label): "
        line += Self.oneLine(Redaction.maskingCredentials(in: event.message.description))
        let fields = LogFields.merged(of: event, metadata, metadataProvider)
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            line += " \(Self.oneLine(key))=\(Self.text(value, named: key))"
        }
        output(line + "\n")
    }

    private static func text(_ value: Logger.Metadata.Value, named key: String) -> String {
        if Redaction.isSecret(key) { return Redaction.placeholder }
        switch value {
        case .string(let text): return word(text)
        case .stringConvertible(let value): return word(value.description)
        case .array(let values):
            return "[" + values.map { text($0, named: key) }.joined(separator: ",") + "]"
        case .dictionary(let values):
            let parts = values.sorted { $0.key < $1.key }
                .map { "\(oneLine($0.key))=\(text($0.value, named: $0.key))" }
            return "{" + parts.joined(separator: ",") + "}"
        }
    }

    /// The text, in quotation marks where it is more than one word.
    private static func word(_ text: String) -> String {
        let masked = oneLine(Redaction.maskingCredentials(in: text))
        guard masked.isEmpty || masked.contains(where: { " \"=".contains($0) }) else {
            return masked
        }
        return JSONText.quoted(Redaction.maskingCredentials(in: text))
    }

    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return text
        }
        return String(JSONText.quoted(text).dropFirst().dropLast())
    }
}
