import CoreMetrics
import Synchronization

/// How often values fell below each of some bounds.
final class HistogramSeries: MetricSeries, RecorderHandler, TimerHandler {
    private struct State {
        /// One for each bound, and one for what is above all of them.
        var counts: [Int]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[place] += 1
            $0.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }

    func write(to text: inout ExpositionText, name: String, labels: [MetricLabel]) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var below = 0
        for (bound, count) in zip(bounds + [.infinity], counts) {
            below += count
            let label = MetricLabel(name: "le", value: ExpositionText.number(bound))
            text.sample(name + "_bucket", labels: labels + [label], value: Double(below))
        }
        text.sample(name + "_sum", labels: labels, value: sum)
        text.sample(name + "_count", labels: labels, value: Double(below))
    }
}
