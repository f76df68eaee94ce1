import ServiceLifecycle
import Workers

/// A worker as a service that stops in an orderly way.
struct WorkerLifecycle: Service {
    let service: WorkerService

    func run() async throws {
        let work = Task { await service.run() }
        // Also ends when the task is cancelled.
        try? await gracefulShutdown()
        work.cancel()
        await work.value
    }
}
