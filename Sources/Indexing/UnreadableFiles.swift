import Git
import Synchronization

/// The files of a working tree that could not be read, as all workers of a run find them.
final class UnreadableFiles: Sendable {
    private let found = Mutex<Set<GitPath>>([])

    func add(_ path: GitPath) { found.withLock { _ = $0.insert(path) } }

    /// The paths, in order.
    var paths: [GitPath] { found.withLock { $0.sorted() } }
}
