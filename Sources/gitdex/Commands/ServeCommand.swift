import API
public import ArgumentParser
import Logging
import Postgres
import ServiceLifecycle
import Settings
public import Telemetry
import UnixSignals

extension LogFormat: ExpressibleByArgument {}

/// The command `gitdex serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer searches over HTTP, take webhooks in, and do the queue's work.",
        discussion: """
            With --local it listens on this machine only, needs no login, and has one workspace \
            named 'local'. Without it people sign in: JWT_SECRET has to be set, to what \
            'gitdex key generate' prints, and the first account is made on the page at /ui or \
            with 'gitdex user add'.

            EXAMPLES
              gitdex serve --local
              curl 'http://127.0.0.1:\(APIConfiguration.standardPort)/v1/workspaces/local/search?q=parse'
              gitdex serve --host 0.0.0.0 --port 80 --log-format json
            """)

    @OptionGroup var common: GlobalOptions
    @OptionGroup var worker: WorkerOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = APIConfiguration.standardPort

    @Flag(help: "Serve this machine only, without a login.")
    var local = false

    @Option(help: "How many jobs run at once in this process; 0 leaves them to other workers.")
    var workers = 1

    @Option(help: "How log lines look: text or json.")
    var logFormat = LogFormat.text

    mutating func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535.")
        }
        guard (0...WorkerOptions.concurrencyLimit).contains(workers) else {
            throw ValidationError(
                "--workers must be from 0 to \(WorkerOptions.concurrencyLimit).")
        }
        if local, !APIConfiguration.isLoopback(host) {
            throw ValidationError(
                "--local listens on this machine only: leave out --host, or give 127.0.0.1.")
        }
    }

    mutating func run() async throws {
        let (running, pool) = try await assemble()
        try await Self.warmUp(pool)
        defer { pool.shutdown() }
        try await ServiceGroup(configuration: Self.group(running)).run()
    }

    /// Makes all that runs.
    ///
    /// Apart from `run`: Swift 6.3.1 crashes when it optimises that with all of this inside it.
    @inline(never)
    private func assemble() async throws -> ([any Service], Pool) {
        logFormat.install(level: common.quiet ? .warning : .info)
        let registry = ServerMetrics.collect()
        let workbench = try Workbench(common, readsWorkingDirectory: true)
        // Said before a database is started for nothing.
        if !local { _ = try workbench.settings.accounts.requiredJWTSecrets() }
        _ = try workbench.openStore()
        let url = try workbench.databaseURL()
        let pool = ServerMetrics.pool(
            url, .program("gitdex serve"), limit: Self.connections, named: "requests",
            in: registry)
        var services = APIServices(
            pool: pool, databaseURL: url,
            embedder: try Workbench.embedder(workbench.settings)
        ) { registry.text() }
        var running: [any Service] = []
        let gate = ListeningGate()
        if !local {
            services.accounts = try await AccountAssembly(
                settings: workbench.settings, url: url, pool: pool
            ).services()
        }
        try ServerAssembly(
            workbench: workbench, pool: pool, workers: workers, isLocal: local, options: worker,
            gate: gate
        ).complete(&services, &running)
        if let watch = workbench.databaseWatch { running.append(watch) }
        running.append(server(services, workbench.settings, gate))
        return (running, pool)
    }

    /// How many connections requests share.
    private static let connections = 16
    /// How many of them are opened before the first request.
    private static let warmConnections = 4

    private func server(
        _ services: APIServices, _ settings: GitdexSettings, _ gate: ListeningGate
    ) -> APIServer {
        let logger = Logger(label: "gitdex.api")
        let host = host
        var configuration = APIConfiguration(
            host: host, port: port, isLocal: local, version: Version.current)
        if !local { configuration.edges = AccountAssembly.edges(settings) }
        return APIServer(
            configuration: configuration, services: services, logger: logger
        ) { port in
            gate.open()
            let shown = host.contains(":") ? "[\(host)]" : host
            logger.info("listening", metadata: ["url": "http://\(shown):\(port)"])
        }
    }

    /// Requests that run may go on for eight seconds after a signal; then they are cancelled.
    private static func group(_ services: [any Service]) -> ServiceGroupConfiguration {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            }, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "gitdex.serve"))
        configuration.maximumGracefulShutdownDuration = .seconds(8)
        return configuration
    }

    private static func warmUp(_ pool: Pool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<warmConnections {
                group.addTask { try await pool.withConnection { _ in } }
            }
            try await group.waitForAll()
        }
    }
}
