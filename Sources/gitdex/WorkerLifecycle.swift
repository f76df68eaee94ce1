import ServiceLifecycle
import Workers

/// A worker as a service that stops in an orderly way.
struct WorkerLifecycle: Service {
    let service: WorkerService
    /// What it waits for before it takes jobs; nil for nothing.
    var gate: ListeningGate?

    func run() async throws {
        if let gate {
            await cancelWhenGracefulShutdown { await gate.wait() }
            if Task.isCancelled || Task.isShuttingDownGracefully { return }
        }
        let work = Task { await service.run() }
        // Also ends when the task is cancelled.
        try? await gracefulShutdown()
        work.cancel()
        await work.value
    }
}
