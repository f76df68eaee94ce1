public import Queue
import Storage

/// Forgets jobs, deliveries, events and sessions that are older than they are kept, and erases what
/// is left of workspaces that were deleted.
public struct PruneJobHandler: JobHandler {
    /// For how long what is over is kept.
    public struct Ages: Sendable {
        /// Jobs that ended.
        public var jobs = Duration.seconds(7 * 86_400)
        /// Deliveries with their bodies, from which they can be replayed.
        public var deliveries = Duration.seconds(30 * 86_400)
        /// What browsers that come back are told.
        public var events = Duration.seconds(86_400)
        /// Sessions and invitations that ended.
        public var sessions = Duration.seconds(30 * 86_400)

        /// Makes the usual ages.
        public init() {}
    }

    /// The kind of the jobs.
    public let kind = JobKinds.prune
    private let ages: Ages

    /// Makes a handler.
    ///
    /// - Parameter ages: For how long what is over is kept.
    public init(ages: Ages = Ages()) {
        self.ages = ages
    }

    /// Does a job.
    ///
    /// - Parameters:
    ///   - lease: The job and the right to run it.
    ///   - context: What it works with.
    /// - Throws: `JobFailure` in the user's words.
    public func run(_ lease: JobLease, _ context: JobContext) throws {
        try FailureText.inUsersWords(of: lease, on: context.connection) {
            let connection = context.connection
            try JobQueue(connection: connection).prune(olderThan: ages.jobs)
            _ = try DeliveryStore(connection: connection).prune(
                olderThan: Int(ages.deliveries.components.seconds))
            _ = try EventStore(connection: connection).prune(
                olderThan: Int(ages.events.components.seconds))
            try AccountStore(connection: connection).prune(
                olderThan: Int(ages.sessions.components.seconds))
            let workspaces = WorkspaceStore(connection: connection)
            for workspace in try workspaces.beingDeleted() { try workspaces.erase(workspace) }
        }
    }
}
