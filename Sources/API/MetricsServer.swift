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

/// A small HTTP server beside a process that has no other: `/metrics` and `/healthz`.
public struct MetricsServer: Service {
    /// Scrapers are few.
    private static let connections = 32

    private let host: String
    private let port: Int
    private let metrics: @Sendable () -> String
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Makes a server; nothing listens yet.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The port to listen on; 0 takes any that is free.
    ///   - metrics: All metrics in Prometheus' text format.
    ///   - logger: Where its log goes.
    ///   - onListening: Called once it listens, with the port.
    public init(
        host: String, port: Int, metrics: @escaping @Sendable () -> String, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.metrics = metrics
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the surrounding service group stops it, or the task is cancelled.
    ///
    /// - Throws: ``APIServerError`` when the address cannot be listened on.
    public func run() async throws {
        let (metrics, onListening) = (metrics, onListening)
        let router = Router()
        router.get("metrics") { _, _ in
            Self.answer(metrics(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        router.get("healthz") { _, _ in
            Self.answer("{\"status\":\"ok\"}", type: "application/json")
        }
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    Self.connections, logger: quiet)),
            onServerRunning: { channel in
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: quiet)
        do {
            try await application.run()
        } catch let error as IOError {
            throw APIServerError(
                message: "cannot listen on \(host):\(port) "
                    + "(\(String(cString: strerror(error.errnoCode))))",
                remedy: "choose another --metrics-port or --metrics-host")
        }
    }

    private static func answer(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
