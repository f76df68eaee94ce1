import Queue
import Storage

/// Sees to it that what is synchronised stays so where no delivery comes.
struct SyncSchedule {
    /// After how long a repository's issues and the like are looked after again; what has not changed
    /// costs a few requests that GitHub does not count.
    static let intervalSeconds = 900
    private static let batch = 100

    /// Queues the repositories that are due.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - priority: In which turn they come.
    /// - Returns: How many were queued.
    /// - Throws: What the database said.
    static func pass(on queue: JobQueue, priority: Int) throws -> Int {
        let unfinished = try unfinished(queue)
        let due = try RemoteStore(connection: queue.connection).dueForSynchronisation(
            limit: batch + unfinished.count, olderThan: intervalSeconds
        ).filter { !unfinished.contains("\($0.workspace) \($0.repository)") }
        guard !due.isEmpty else { return 0 }
        try queue.enqueue(
            due.map { workspace, repository, url in
                var request = JobRequest.sync(repository, url: url)
                request.priority = priority
                return (workspace, request)
            })
        return due.count
    }

    /// The repositories whose synchronisation waits or runs: asking again would end its back-off.
    private static func unfinished(_ queue: JobQueue) throws -> Set<String> {
        var keys: Set<String> = []
        for state in [JobState.waiting, .running] {
            keys.formUnion(
                try queue.list(state: state, kind: JobKinds.sync, limit: JobQueue.listLimit)
                    .map { "\($0.workspace) \($0.uniqueKey)" })
        }
        return keys
    }
}
