import API
import Cryptography
import Metrics
import Postgres
import Queue
import ServiceLifecycle
import Settings
import Storage
import Webhook
import Workers

/// Puts the parts of `gitdex serve` together that need secrets or do the queue's work.
struct ServerAssembly {
    let workbench: Workbench
    let pool: Pool
    let workers: Int
    let isLocal: Bool
    let options: WorkerOptions
    /// Opens when the server listens.
    let gate: ListeningGate

    /// Adds what the API leaves to others, and the services that run beside it.
    func complete(_ services: inout APIServices, _ running: inout [any Service]) throws {
        let settings = workbench.settings
        let fernet = try EncryptionKeys.box(settings, makesKey: true)
        let github = isLocal ? nil : try GitHubAssembly(settings, workbench.databaseURL())
        services.github = github?.services()
        let connector = RepositoryConnector(
            pool: pool, fernet: fernet, allowsPrivateRemotes: settings.allowsPrivateRemotes,
            github: github)
        services.connect = { try await connector.connect($0) }
        services.disconnect = { try await connector.disconnect(workspace: $0, repository: $1) }
        services.changeSecrets = { try await connector.changeSecrets($0) }
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
            do {
                return try await receiver.replay(workspace: number, id: delivery)
            } catch let error as WebhookError {
                // What the delivery was about is gone, or it never asked for anything.
                throw APIRefusal(.conflict, error.message)
            }
        }
        if workers > 0 {
            let configuration = try workbench.workerConfiguration(
                concurrency: workers, options: options)
            running.append(
                WorkerLifecycle(service: WorkerService(configuration), gate: gate))
        }
    }

    private static func answer(_ outcome: DeliveryOutcome) -> WebhookAnswer {
        Counter(
            label: ServerMetrics.deliveries, dimensions: [("outcome", outcome.label)]
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
}
