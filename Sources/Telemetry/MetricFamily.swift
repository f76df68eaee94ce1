/// What a metric is, by its name in the text format.
enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}

/// One set of label values of a metric.
protocol MetricSeries: AnyObject, Sendable {
    func write(to text: inout ExpositionText, name: String, labels: [MetricLabel])
}

/// A label and its value.
struct MetricLabel: Sendable, Hashable {
    let name: String
    let value: String
}

/// All sets of label values that one metric has.
struct MetricFamily: Sendable {
    struct Entry: Sendable {
        let labels: [MetricLabel]
        let series: any MetricSeries
    }

    let kind: MetricKind
    /// By the labels as they are written.
    var series: [String: Entry] = [:]

    init(kind: MetricKind) {
        self.kind = kind
    }

    /// The series of a set of labels, made where there is none.
    mutating func series<Series: MetricSeries>(
        _ labels: [MetricLabel], limit: Int, _ make: () -> Series
    ) -> Series {
        let key = ExpositionText.list(labels)
        if let found = series[key]?.series as? Series { return found }
        if series.count >= limit, labels.contains(where: { $0.value != Self.other }) {
            let others = labels.map { MetricLabel(name: $0.name, value: Self.other) }
            return series(others, limit: limit, make)
        }
        let made = make()
        series[key] = Entry(labels: labels, series: made)
        return made
    }

    /// The value of every label of those beyond the limit.
    private static let other = "other"
}
