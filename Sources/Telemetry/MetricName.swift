/// Makes names that Prometheus allows.
enum MetricName {
    /// The name of a metric: letters, digits, `_` and `:`, not beginning with a digit.
    static func metric(_ name: String) -> String {
        allowed(name, colon: true)
    }

    /// The labels sorted by name, each name once; the histogram's own label `le` is kept free.
    static func labels(_ dimensions: [(String, String)]) -> [MetricLabel] {
        var seen: Set<String> = []
        var labels: [MetricLabel] = []
        for (name, value) in dimensions {
            let allowed = name == "le" ? "le_" : allowed(name, colon: false)
            if seen.insert(allowed).inserted {
                labels.append(MetricLabel(name: allowed, value: value))
            }
        }
        return labels.sorted { $0.name < $1.name }
    }

    private static func allowed(_ name: String, colon: Bool) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": text.unicodeScalars.append(scalar)
            case "0"..."9":
                if text.isEmpty { text = "_" }
                text.unicodeScalars.append(scalar)
            case ":" where colon: text.unicodeScalars.append(scalar)
            default: text += "_"
            }
        }
        return text.isEmpty ? "_" : text
    }
}
