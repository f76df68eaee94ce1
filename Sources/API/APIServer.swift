internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The HTTP server: everything CONTRACT's routes promise, until it is told to stop.
public struct APIServer: Service {
    private let configuration: APIConfiguration
    private let services: APIServices
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Makes a server; nothing listens yet.
    ///
    /// - Parameters:
    ///   - configuration: How it listens and what it lets in.
    ///   - services: What it works with.
    ///   - logger: Where its log goes.
    ///   - onListening: Called once it listens, with the port.
    public init(
        configuration: APIConfiguration, services: APIServices, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.services = services
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the surrounding service group stops it, or the task is cancelled.
    ///
    /// - Throws: ``APIServerError`` when the address cannot be listened on.
    public func run() async throws {
        let events = EventHub(url: services.databaseURL)
        let addresses = ClientAddresses(trusted: try trustedNetworks())
        let authority = Self.authority(configuration, services, logger)
        let table = Self.table(configuration, services, events, authority)
        let router = Self.router(table, authority)
        let onListening = onListening
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            responder: APIResponder(
                router: router.buildResponder(),
                gatekeeper: Gatekeeper(isLocal: configuration.isLocal), addresses: addresses,
                crossOrigin: CrossOrigin(origins: Set(configuration.edges.corsOrigins)),
                security: SecurityHeaders(isSecure: configuration.edges.isSecure), table: table,
                logger: logger, times: configuration.times),
            server: HTTPServerBuilder { HTTPConnection(responder: $0) },
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    FileLimit.connections(within: FileLimit.raise()), logger: quiet)),
            onServerRunning: { channel in
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: quiet)
        defer { events.stop() }
        do {
            try await application.run()
        } catch let error as IOError {
            throw APIServerError(
                message: "cannot listen on \(configuration.host):\(configuration.port) "
                    + "(\(String(cString: strerror(error.errnoCode))))",
                remedy: "choose another --port or --host")
        }
    }

    /// The proxies that are trusted.
    private func trustedNetworks() throws -> [AddressNetwork] {
        try configuration.edges.trustedProxies.map { text in
            guard let network = AddressNetwork(text) else {
                throw APIServerError(
                    message: "GITDEX_TRUSTED_PROXIES names '\(text)', no address and no network",
                    remedy: "set it to addresses, or networks such as 10.0.0.0/8, with commas")
            }
            return network
        }
    }

    /// Who decides about who is let in.
    static func authority(
        _ configuration: APIConfiguration, _ services: APIServices, _ logger: Logger
    ) -> Authority {
        Authority(
            isLocal: configuration.isLocal, pool: services.pool, accounts: services.accounts,
            throttle: Throttle(
                // Nobody else reaches a local server.
                rules: configuration.isLocal ? EdgeRules() : configuration.edges,
                limiter: RateLimiter(pool: services.pool, logger: logger)),
            logger: logger)
    }

    /// The router of every route.
    static func router(_ table: RouteTable, _ authority: Authority) -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: ProblemMiddleware(table: table))
        table.register(in: router, behind: authority)
        return router
    }

    /// Every route of the server.
    static func table(
        _ configuration: APIConfiguration, _ services: APIServices, _ events: EventHub,
        _ authority: Authority
    ) -> RouteTable {
        let gate = AccountGate(authority: authority)
        let workspaces = Workspaces(pool: services.pool)
        var routes = HealthRoutes(pool: services.pool, metrics: services.metrics).routes
        routes += SearchRoutes(workspaces: workspaces, embedder: services.embedder).routes
        routes += StatusRoutes(workspaces: workspaces).routes
        routes += FileRoutes(workspaces: workspaces).routes
        routes +=
            RepositoryRoutes(
                workspaces: workspaces, gate: gate, publicURL: configuration.edges.publicURL,
                indexJob: services.indexJob, changeSecrets: services.changeSecrets
            ).routes
        routes +=
            ConnectionRoutes(
                workspaces: workspaces, gate: gate, publicURL: configuration.edges.publicURL,
                connect: services.connect, disconnect: services.disconnect
            ).routes
        routes += JobRoutes(workspaces: workspaces).routes
        routes += DeliveryRoutes(workspaces: workspaces, replay: services.replay).routes
        routes +=
            EventRoutes(
                workspaces: workspaces, hub: events, heartbeat: configuration.times.heartbeat,
                lifetime: configuration.times.eventStream
            ).routes
        routes += WebhookRoutes(receive: services.receiveDelivery, authority: authority).routes
        routes += SessionRoutes(gate: gate, edges: configuration.edges).routes
        routes += WorkspaceRoutes(gate: gate).routes
        routes += MemberRoutes(gate: gate).routes
        routes += KeyRoutes(gate: gate).routes
        routes +=
            GitHubRoutes(
                gate: gate, github: services.github, isSecure: configuration.edges.isSecure
            ).routes
        routes += SyncRoutes(workspaces: workspaces, gate: gate, github: services.github).routes
        routes += PageRoutes().routes
        return DocumentRoute(version: configuration.version).adding(to: routes)
    }
}
