/// Writes text as JSON has it.
public enum JSONText {
    private static let digits = Array("0123456789abcdef")

    /// Writes a text as a JSON string.
    ///
    /// - Parameter text: The text.
    /// - Returns: The text in quotation marks; what would end a line or steer a terminal is escaped.
    public static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            // What would end a line or steer a terminal.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let value = Int(scalar.value)
                quoted += "\\u"
                for shift in [12, 8, 4, 0] { quoted.append(digits[(value >> shift) & 15]) }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
