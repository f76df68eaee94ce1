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
            """)

    @OptionGroup var common: GlobalOptions
    @OptionGroup var worker: WorkerOptions

    @Option(help: "How many jobs run at once (default: the number of cores).")
    var concurrency: Int?

    @Option(help: "How log lines on standard error look: text or json.")
    var logFormat = LogFormat.text

    mutating func validate() throws {
        if let concurrency, !(1...WorkerOptions.concurrencyLimit).contains(concurrency) {
            throw ValidationError(
                "--concurrency must be between 1 and \(WorkerOptions.concurrencyLimit).")
        }
    }

    mutating func run() async throws {
        logFormat.install(level: common.quiet ? .warning : .info)
        let logger = Logger(label: "gitdex.worker")
        let workbench = try Workbench(common, readsWorkingDirectory: true)
        // Says at once when the database or its schema is not as it must be.
        _ = try workbench.openStore()
        let configuration = try workbench.workerConfiguration(
            concurrency: concurrency, options: worker)
        var services: [any Service] = [WorkerLifecycle(service: WorkerService(configuration))]
        if let watch = workbench.databaseWatch { services.append(watch) }
        let group = ServiceGroup(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        logger.info(
            "worker started",
            metadata: [
                "worker": "\(configuration.runner.worker)",
                "slots": .stringConvertible(configuration.runner.slots),
            ])
        try await group.run()
        logger.info("worker stopped")
    }
}
