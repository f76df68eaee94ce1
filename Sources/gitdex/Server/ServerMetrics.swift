import API
import Metrics
import Postgres
import Queue
import Telemetry
import Workers

/// The metrics of a process: where they are collected, and what is measured here.
enum ServerMetrics {
    /// Deliveries by what became of them.
    static let deliveries = "gitdex_deliveries_total"
    private static let connections = "gitdex_pool_connections"
    private static let limit = "gitdex_pool_limit"
    private static let waiting = "gitdex_pool_waiting"
    private static let wait = "gitdex_pool_wait_seconds"

    private static let descriptions: [(name: String, help: String)] = [
        (deliveries, "Deliveries by what became of them."),
        (connections, "Connections to the database that requests share, by state."),
        (limit, "How many connections to the database requests may use at once."),
        (waiting, "Requests that wait for a connection to the database."),
        (wait, "How long requests waited for a connection to the database, in seconds."),
    ]

    /// Collects the metrics of this process from here on; once only.
    static func collect() -> PrometheusRegistry {
        let registry = PrometheusRegistry()
        ProcessMetrics.add(to: registry)
        let all =
            descriptions + WorkerMetrics.descriptions + JobMetrics.descriptions
            + APIMetrics.descriptions
        for (name, text) in all { registry.describe(name, text) }
        MetricsSystem.bootstrap(registry)
        return registry
    }

    /// Makes a pool that is measured.
    static func pool(
        _ url: String, _ options: ConnectionOptions, limit count: Int,
        named name: String, in registry: PrometheusRegistry
    ) -> Pool {
        let label = ("pool", name)
        let timer = Timer(label: wait, dimensions: [label])
        let pool = Pool(url: url, options: options, limit: count) { timer.record(duration: $0) }
        registry.beforeScrape { registry in
            let usage = pool.usage
            func set(_ metric: String, _ value: Int, _ more: [(String, String)] = []) {
                registry.makeMeter(label: metric, dimensions: [label] + more).set(Int64(value))
            }
            set(connections, usage.inUse, [("state", "in_use")])
            set(connections, usage.idle, [("state", "idle")])
            set(limit, usage.limit)
            set(waiting, usage.waiting)
        }
        return pool
    }
}
