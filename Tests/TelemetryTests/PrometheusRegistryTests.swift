import CoreMetrics
import Telemetry
import Testing

@Suite("The registry writes what was recorded")
struct PrometheusRegistryTests {
    private func lines(_ registry: PrometheusRegistry) -> [String] {
        registry.text().split(separator: "\n").map(String.init)
    }

    @Test("counters add up over all who count, labels in any order")
    func counters() async {
        let registry = PrometheusRegistry()
        registry.describe("jobs_total", "Jobs that ended.")
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let labels = [("kind", "ref"), ("outcome", "done")]
                    for _ in 0..<1000 {
                        Counter(
                            label: "jobs_total",
                            dimensions: number % 2 == 0 ? labels : labels.reversed(),
                            factory: registry
                        ).increment()
                    }
                }
            }
        }
        let text = lines(registry)
        #expect(text.contains("# HELP jobs_total Jobs that ended."))
        #expect(text.contains("# TYPE jobs_total counter"))
        #expect(text.contains("jobs_total{kind=\"ref\",outcome=\"done\"} 8000"))
    }

    @Test("a histogram's buckets hold everything below their bound")
    func histograms() {
        let registry = PrometheusRegistry(buckets: ["wait_seconds": [0.1, 1]])
        let timer = Timer(label: "wait_seconds", dimensions: [], factory: registry)
        for milliseconds in [50, 100, 500, 5000] {
            timer.recordMilliseconds(milliseconds)
        }
        let expected = [
            "# TYPE wait_seconds histogram",
            "wait_seconds_bucket{le=\"0.1\"} 2",
            "wait_seconds_bucket{le=\"1\"} 3",
            "wait_seconds_bucket{le=\"+Inf\"} 4",
            "wait_seconds_sum 5.65",
            "wait_seconds_count 4",
        ]
        #expect(Array(lines(registry).prefix(expected.count)) == expected)
    }

    @Test("gauges show the last value, and those set at the exposition too")
    func gauges() {
        let registry = PrometheusRegistry()
        let gauge = Gauge(label: "depth", dimensions: [], factory: registry)
        gauge.record(3)
        gauge.record(1.5)
        let meter = Meter(label: "level", dimensions: [], factory: registry)
        meter.set(4)
        meter.decrement(by: 1)
        registry.beforeScrape { registry in
            Meter(label: "late", dimensions: [], factory: registry).set(7)
        }
        let text = lines(registry)
        #expect(text.contains("depth 1.5"))
        #expect(text.contains("level 3"))
        #expect(text.contains("late 7"))
        gauge.destroy()
        #expect(!lines(registry).contains { $0.hasPrefix("depth") || $0.hasSuffix("depth gauge") })
    }

    @Test("names and values that the format does not allow are made so that it does")
    func escaping() {
        let registry = PrometheusRegistry()
        Counter(
            label: "9 lives.total", dimensions: [("a-b", "say \"hi\"\\\n"), ("le", "1")],
            factory: registry
        ).increment()
        #expect(
            lines(registry).contains(
                "_9_lives_total{a_b=\"say \\\"hi\\\"\\\\\\n\",le_=\"1\"} 1"))
    }

    @Test("labels that have too many values are counted together")
    func cardinality() {
        let registry = PrometheusRegistry(seriesLimit: 3)
        for number in 0..<10 {
            Counter(label: "hits_total", dimensions: [("who", "\(number)")], factory: registry)
                .increment()
        }
        let text = lines(registry).filter { $0.hasPrefix("hits_total{") }
        #expect(text.count == 4)
        #expect(text.contains("hits_total{who=\"other\"} 7"))
    }

    @Test("one name has one type")
    func conflict() {
        let registry = PrometheusRegistry()
        Counter(label: "thing", dimensions: [], factory: registry).increment()
        Meter(label: "thing", dimensions: [], factory: registry).set(9)
        let text = lines(registry)
        #expect(text.filter { $0.hasPrefix("thing ") } == ["thing 1"])
        #expect(text.contains("telemetry_rejected_metrics_total 1"))
    }

    @Test("the process's own use is among the metrics")
    func process() throws {
        let registry = PrometheusRegistry()
        ProcessMetrics.add(to: registry)
        let text = lines(registry)
        for name in [
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds",
            "process_start_time_seconds",
        ] {
            let line = try #require(text.first { $0.hasPrefix(name + " ") })
            let value = try #require(line.split(separator: " ").last.flatMap { Double($0) })
            #expect(value > 0)
        }
    }
}
