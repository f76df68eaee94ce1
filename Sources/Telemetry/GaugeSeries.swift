import CoreMetrics
import Synchronization

/// A number as it is now.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ new: Int64) {
        set(Double(new))
    }

    func set(_ new: Double) {
        value.withLock { $0 = new }
    }

    func increment(by amount: Double) {
        value.withLock { $0 += amount }
    }

    func decrement(by amount: Double) {
        value.withLock { $0 -= amount }
    }

    func record(_ new: Int64) {
        set(new)
    }

    func record(_ new: Double) {
        set(new)
    }

    func write(to text: inout ExpositionText, name: String, labels: [MetricLabel]) {
        text.sample(name, labels: labels, value: value.withLock { $0 })
    }
}
