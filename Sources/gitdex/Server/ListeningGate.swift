/// Lets work wait until the server has its port: one that cannot listen must not take jobs.
final class ListeningGate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    }

    /// Says that the server listens.
    func open() {
        continuation.finish()
    }

    /// Waits until the server listens, or the task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}
