import Logging
import Synchronization

/// A log that keeps its lines.
final class LogKeeper: LogHandler {
    private let kept = Mutex<[String]>([])

    var metadata: Logger.Metadata {
        get { [:] }
        set { _ = newValue }
    }
    var logLevel: Logger.Level {
        get { .trace }
        set { _ = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set { _ = newValue }
    }

    /// Everything that was logged: messages and metadata.
    var lines: [String] { kept.withLock { $0 } }

    func log(event: LogEvent) {
        let line = "\(event.message) \(event.metadata ?? [:])"
        kept.withLock { $0.append(line) }
    }
}
