internal import HTTPTypes
internal import Synchronization

/// How many bytes of bodies may be in memory at once, over all requests that share it.
final class ByteBudget: Sendable {
    /// A client that is refused may come again after so many seconds.
    private static let retryAfterSeconds = 5

    private let limit: Int
    private let used = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes bytes for a body that is about to be read.
    ///
    /// - Throws: ``Problem`` of kind `overloaded` when too many are taken already.
    func take(_ count: Int) throws(Problem) {
        let isTaken = used.withLock { used in
            guard used + count <= limit else { return false }
            used += count
            return true
        }
        guard !isTaken else { return }
        var problem = Problem(.overloaded, "too many bodies are being read: send it again later")
        problem.headers[.retryAfter] = String(Self.retryAfterSeconds)
        problem.closesConnection = true
        throw problem
    }

    /// Gives bytes back.
    func giveBack(_ count: Int) {
        used.withLock { $0 -= count }
    }

    /// The bytes that are taken now.
    var taken: Int { used.withLock { $0 } }
}
