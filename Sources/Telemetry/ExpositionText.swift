/// Writes samples in Prometheus' text format.
struct ExpositionText {
    private(set) var text = ""

    mutating func header(_ name: String, type: String?, help: String?) {
        if let help {
            text += "# HELP \(name) \(Self.escape(help, quotes: false))\n"
        }
        if let type { text += "# TYPE \(name) \(type)\n" }
    }

    mutating func sample(_ name: String, labels: [MetricLabel], value: Double) {
        text += name
        if !labels.isEmpty { text += "{\(Self.list(labels))}" }
        text += " \(Self.number(value))\n"
    }

    static func list(_ labels: [MetricLabel]) -> String {
        labels.map { "\($0.name)=\"\(escape($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
        return "\(value)"
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
