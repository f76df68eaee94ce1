public import Logging

/// Writes log lines for machines, each one JSON object: `time`, `level`, `logger`, `message`, and
/// the fields under `fields`.
///
/// Values that are named like a secret, and passwords in URLs, are left out.
public struct JSONLogHandler: LogHandler {
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
        let message = Redaction.maskingCredentials(in: event.message.description)
        var line = "{\"time\":\"\(LogOutput.timestamp())\",\"level\":\"\(event.level.rawValue)\""
        line += ",\"logger\":\(JSONText.quoted(label)),\"message\":\(JSONText.quoted(message))"
        let fields = LogFields.merged(of: event, metadata, metadataProvider)
        if !fields.isEmpty { line += ",\"fields\":\(Self.object(fields))" }
        output(line + "}\n")
    }

    private static func object(_ fields: Logger.Metadata) -> String {
        let parts = fields.sorted { $0.key < $1.key }
            .map { "\(JSONText.quoted($0.key)):\(value($0.value, named: $0.key))" }
        return "{" + parts.joined(separator: ",") + "}"
    }

    private static func value(_ value: Logger.Metadata.Value, named key: String) -> String {
        if Redaction.isSecret(key) { return JSONText.quoted(Redaction.placeholder) }
        switch value {
        case .string(let text): return JSONText.quoted(Redaction.maskingCredentials(in: text))
        case .stringConvertible(let value):
            switch value {
            case let number as any BinaryInteger: return number.description
            case let flag as Bool: return flag.description
            case let number as Double where number.isFinite: return number.description
            default:
                return JSONText.quoted(Redaction.maskingCredentials(in: value.description))
            }
        case .array(let values):
            return "[" + values.map { Self.value($0, named: key) }.joined(separator: ",") + "]"
        case .dictionary(let fields): return object(fields)
        }
    }
}
