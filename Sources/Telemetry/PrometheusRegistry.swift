public import CoreMetrics
import Synchronization

/// Collects the program's metrics and writes them down in Prometheus' text format.
///
/// Counters and gauges keep their label as the name, timers become histograms in seconds, so their
/// name should end in `_seconds`, and recorders that aggregate become histograms too. A character
/// that Prometheus does not allow in a name becomes `_`.
///
/// Recording costs one uncontended lock; making a metric that exists costs a look-up.
public final class PrometheusRegistry: MetricsFactory {
    private struct State {
        var families: [String: MetricFamily] = [:]
        var help: [String: String] = [:]
        var rejected = 0
        var beforeScrape: [@Sendable (PrometheusRegistry) -> Void] = []
    }

    private let state = Mutex(State())
    private let seriesLimit: Int
    private let buckets: [String: [Double]]

    /// Makes an empty registry.
    ///
    /// - Parameters:
    ///   - seriesLimit: How many sets of label values one metric may have; those beyond it are
    ///     counted together, with `other` as every value, so that labels which users choose cannot
    ///     use up the memory.
    ///   - buckets: Upper bounds of histograms, ascending, by the metric's name; others have
    ///     ``HistogramBuckets/durations``.
    public init(seriesLimit: Int = 500, buckets: [String: [Double]] = [:]) {
        self.seriesLimit = seriesLimit
        self.buckets = buckets
    }

    /// Says what a metric means, for whoever reads the exposition.
    ///
    /// - Parameters:
    ///   - name: The metric's name.
    ///   - help: What it counts, as one line.
    public func describe(_ name: String, _ help: String) {
        state.withLock { $0.help[MetricName.metric(name)] = help }
    }

    /// Adds a closure that sets gauges right before each exposition.
    ///
    /// - Parameter body: Sets them in the registry that it gets; it should cost less than a
    ///   millisecond.
    public func beforeScrape(_ body: @escaping @Sendable (PrometheusRegistry) -> Void) {
        state.withLock { $0.beforeScrape.append(body) }
    }

    /// Returns all metrics in the text format, version 0.0.4, sorted by name.
    ///
    /// A metric that was described and has not been recorded yet is there with its help alone.
    ///
    /// - Returns: The body of an answer of the type ``contentType``.
    public func text() -> String {
        for body in state.withLock({ $0.beforeScrape }) { body(self) }
        let (families, help, rejected) = state.withLock { ($0.families, $0.help, $0.rejected) }
        var text = ExpositionText()
        for name in Set(families.keys).union(help.keys).sorted() {
            text.header(name, type: families[name]?.kind.rawValue, help: help[name])
            guard let family = families[name] else { continue }
            for (_, entry) in family.series.sorted(by: { $0.key < $1.key }) {
                entry.series.write(to: &text, name: name, labels: entry.labels)
            }
        }
        let name = "telemetry_rejected_metrics_total"
        text.header(name, type: "counter", help: "Metrics whose name has another type already.")
        text.sample(name, labels: [], value: Double(rejected))
        return text.text
    }

    /// The media type of ``text()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    // MARK: MetricsFactory

    /// Returns the counter of a name and its labels.
    ///
    /// - Parameters:
    ///   - label: The metric's name.
    ///   - dimensions: The labels.
    /// - Returns: The counter, shared by all who ask for it.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions) { CounterSeries() }
    }

    /// Returns the counter of a name and its labels, for parts of one.
    ///
    /// - Parameters:
    ///   - label: The metric's name.
    ///   - dimensions: The labels.
    /// - Returns: The counter, shared by all who ask for it.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, .counter, dimensions) { CounterSeries() }
    }

    /// Returns the gauge of a name and its labels.
    ///
    /// - Parameters:
    ///   - label: The metric's name.
    ///   - dimensions: The labels.
    /// - Returns: The gauge, shared by all who ask for it.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { GaugeSeries() }
    }

    /// Returns the histogram, or the gauge, of a name and its labels.
    ///
    /// - Parameters:
    ///   - label: The metric's name.
    ///   - dimensions: The labels.
    ///   - aggregate: Whether it is a histogram.
    /// - Returns: The metric, shared by all who ask for it.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else { return series(label, .gauge, dimensions) { GaugeSeries() } }
        return histogram(label, dimensions)
    }

    /// Returns the histogram of durations of a name and its labels.
    ///
    /// - Parameters:
    ///   - label: The metric's name.
    ///   - dimensions: The labels.
    /// - Returns: The histogram, shared by all who ask for it.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    /// Forgets a counter.
    ///
    /// - Parameter handler: The counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets a counter.
    ///
    /// - Parameter handler: The counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        remove(handler)
    }

    /// Forgets a gauge.
    ///
    /// - Parameter handler: The gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets a histogram or gauge.
    ///
    /// - Parameter handler: The metric.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets a histogram.
    ///
    /// - Parameter handler: The histogram.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    // MARK: Series

    private func histogram(
        _ label: String, _ dimensions: [(String, String)]
    ) -> HistogramSeries {
        series(label, .histogram, dimensions) {
            HistogramSeries(bounds: buckets[label] ?? HistogramBuckets.durations)
        }
    }

    private func series<Series: MetricSeries>(
        _ label: String, _ kind: MetricKind, _ dimensions: [(String, String)],
        _ make: () -> Series
    ) -> Series {
        let name = MetricName.metric(label)
        let labels = MetricName.labels(dimensions)
        return state.withLock { state in
            var family = state.families[name] ?? MetricFamily(kind: kind)
            // Two types under one name cannot be written down: the later one goes nowhere.
            guard family.kind == kind else {
                state.rejected += 1
                return make()
            }
            let series = family.series(labels, limit: seriesLimit, make)
            state.families[name] = family
            return series
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                for (key, entry) in family.series where entry.series === handler {
                    state.families[name]?.series[key] = nil
                    if family.series.count == 1 { state.families[name] = nil }
                    return
                }
            }
        }
    }
}
