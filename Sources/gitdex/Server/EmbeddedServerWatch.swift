import EmbeddedPostgres
import Logging
import ServiceLifecycle
import Settings
import Threads

/// Starts the embedded PostgreSQL again when it went away under a running server.
struct EmbeddedServerWatch: Service {
    let server: EmbeddedServer

    private static let pause = Duration.seconds(1)

    func run() async throws {
        let thread = SerialThread(name: "gitdex-database")
        defer { thread.stop() }
        let logger = Logger(label: "gitdex.database")
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    _ = try await thread.run { try server.ensureRunning() }
                } catch {
                    logger.error("the database is gone", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}

extension Workbench {
    /// What keeps the embedded server running; nil on a database of one's own.
    var databaseWatch: EmbeddedServerWatch? {
        settings.databaseURL == nil ? EmbeddedServerWatch(server: embeddedServer) : nil
    }
}
