import API
import Cryptography
import Git
import Metrics
import Postgres
import Queue
import ServiceLifecycle
import Settings
import Storage
import Webhook
import Workers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Puts the parts of `gitdex serve` together that need secrets or do the queue's work.
struct ServerAssembly {
    let workbench: Workbench
    let pool: Pool
    let url: String
    let workers: Int

    /// Room for the mirrors of remote repositories.
    private static let mirrorBytes = 20 << 30

    /// Adds what the API leaves to others, and the services that run beside it.
    func complete(_ services: inout APIServices, _ running: inout [any Service]) throws {
        let settings = workbench.settings
        let fernet = try EncryptionKeys.box(settings)
        let connector = RepositoryConnector(
            pool: pool, fernet: fernet, allowsPrivateRemotes: settings.allowsPrivateRemotes)
        services.connect = { try await connector.connect($0) }
        services.disconnect = { try await connector.disconnect(workspace: $0, repository: $1) }
        services.indexJob = { repository, ref in
            ref.map { .ref($0, ofRepository: repository) } ?? .repository(repository)
        }
        let receiver = DeliveryReceiver(
            pool: pool, globalSecrets: settings.githubWebhookSecrets.map { Array($0.reveal().utf8) }
        ) { try fernet.decrypt($0) }
        services.receiveDelivery = { request in
            let outcome = await receiver.receive(headers: request.headers, body: request.body)
            return Self.answer(outcome)
        }
        let pool = pool
        services.replay = { workspace, delivery in
            let number = try await pool.withConnection {
                try IndexStore(connection: $0, workspace: workspace).workspace
            }
            return try await receiver.replay(workspace: number, id: delivery)
        }
        if workers > 0 { running.append(try worker(fernet)) }
    }

    private static func answer(_ outcome: DeliveryOutcome) -> WebhookAnswer {
        Counter(
            label: "gitdex_deliveries_total", dimensions: [("outcome", outcome.label)]
        ).increment()
        return switch outcome {
        case .accepted(let jobs): .accepted(jobs: jobs.count)
        case .duplicate: .duplicate
        case .ignored: .ignored
        case .unauthorized: .unauthorized
        case .unreadable(let reason): .unreadable(reason)
        case .unavailable: .unavailable
        }
    }

    private func worker(_ fernet: Fernet) throws -> any Service {
        let settings = workbench.settings
        let models = try workbench.models()
        let (url, options) = (url, ConnectionOptions(applicationName: "gitdex worker"))
        var remotes = RemoteOptions()
        remotes.allowsPrivateAddresses = settings.allowsPrivateRemotes
        let service = WorkerService(
            WorkerService.Configuration(
                url: url, connectionOptions: options,
                runner: JobRunnerConfiguration(
                    worker: ProcessInfo.processInfo.hostName
                        + ":\(ProcessInfo.processInfo.processIdentifier)", slots: workers),
                parts: IndexingParts(
                    grammars: models.grammars, embedder: models.embedder,
                    threads: ProcessInfo.processInfo.activeProcessorCount + 1
                ) { try Connection(url, options: options) },
                access: RemoteAccess(options: remotes) { try fernet.decrypt($0) },
                mirrorDirectory: settings.dataDirectory + "/mirrors",
                mirrorLimitBytes: Self.mirrorBytes))
        return WorkerRun(service: service)
    }

    /// A worker as a service: it gives its jobs back when the server stops.
    private struct WorkerRun: Service {
        let service: WorkerService

        func run() async throws {
            await cancelWhenGracefulShutdown { await service.run() }
        }
    }
}
