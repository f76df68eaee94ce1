import API
import ArgumentParser
import Logging
import Queue
import ServiceLifecycle
import Telemetry
import UnixSignals
import Workers

/// The command `gitdex worker`.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Run the server's jobs: fetch, index, compare, clean up.",
        discussion: """
            Any number of workers, on any hosts, share the jobs of one database. On SIGTERM a worker \
            takes no more jobs, gives those that run a few seconds, and hands the rest back.

            EXAMPLES
              gitdex worker                        as many jobs at once as the machine has cores
              gitdex worker --concurrency 8 --log-format json
              gitdex worker --metrics-port 9464    with /metrics and /healthz, for this host only
            """)

    @OptionGroup var common: GlobalOptions
    @OptionGroup var worker: WorkerOptions

    @Option(help: "How many jobs run at once (default: the number of cores).")
    var concurrency: Int?

    @Option(help: "How log lines on standard error look: text or json.")
    var logFormat = LogFormat.text

    @Option(help: "Serve /metrics and /healthz on this port; 0 takes any that is free.")
    var metricsPort: Int?

    @Option(help: "The address to serve them on.")
    var metricsHost = "127.0.0.1"

    mutating func validate() throws {
        if let metricsPort, !(0...65_535).contains(metricsPort) {
            throw ValidationError("--metrics-port must be from 0 to 65535.")
        }
        if let concurrency, !(1...WorkerOptions.concurrencyLimit).contains(concurrency) {
            throw ValidationError(
                "--concurrency must be between 1 and \(WorkerOptions.concurrencyLimit).")
        }
    }

    mutating func run() async throws {
        let (services, logger) = try assemble()
        let group = ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
        logger.info("worker stopped")
    }

    /// Makes all that runs; apart from `run`, as in ``ServeCommand``.
    @inline(never)
    private func assemble() throws -> ([any Service], Logger) {
        logFormat.install(level: common.quiet ? .warning : .info)
        let logger = Logger(label: "gitdex.worker")
        let registry = metricsPort.map { _ in ServerMetrics.collect() }
        let workbench = try Workbench(common, readsWorkingDirectory: true)
        // Says at once when the database or its schema is not as it must be.
        _ = try workbench.openStore()
        let configuration = try workbench.workerConfiguration(
            concurrency: concurrency, options: worker)
        var services: [any Service] = [WorkerLifecycle(service: WorkerService(configuration))]
        if let watch = workbench.databaseWatch { services.append(watch) }
        if let metricsPort, let registry {
            services.append(metricsServer(metricsPort, logger) { registry.text() })
        }
        logger.info(
            "worker started",
            metadata: [
                "worker": "\(configuration.runner.worker)",
                "slots": .stringConvertible(configuration.runner.slots),
            ])
        return (services, logger)
    }

    private func metricsServer(
        _ port: Int, _ logger: Logger, _ metrics: @escaping @Sendable () -> String
    ) -> MetricsServer {
        let host = metricsHost
        return MetricsServer(host: host, port: port, metrics: metrics, logger: logger) { port in
            let shown = host.contains(":") ? "[\(host)]" : host
            logger.info("metrics", metadata: ["url": "http://\(shown):\(port)/metrics"])
        }
    }
}
