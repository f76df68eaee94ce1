import Indexing
public import Queue
import Storage

/// Drops what no ref of a workspace needs any more; waits for its index runs and holds off new ones.
public struct CollectJobHandler: JobHandler {
    /// The kind of the jobs.
    public let kind = JobKinds.collect

    /// Makes a handler.
    public init() {}

    /// Does a job.
    ///
    /// - Parameters:
    ///   - lease: The job and the right to run it.
    ///   - context: What it works with.
    /// - Throws: `JobFailure` in the user's words.
    public func run(_ lease: JobLease, _ context: JobContext) throws {
        try FailureText.inUsersWords(of: lease, on: context.connection) {
            let store = try IndexStore(
                connection: context.connection, workspace: lease.workspacePublicID)
            _ = try GarbageCollector(store: store).collect()
        }
    }
}
