import EmbeddedPostgres
import Postgres
import Storage
import Synchronization

/// Says what an error of the database means where the database is the embedded one.
enum EmbeddedServerFailure {
    private struct Use {
        let server: EmbeddedServer
        /// How large its log was when this process began to use it.
        let logSizeBytes: Int
    }

    private static let use = Mutex<Use?>(nil)

    /// Notes that this process uses the embedded server.
    static func note(_ server: EmbeddedServer) {
        use.withLock { $0 = $0 ?? Use(server: server, logSizeBytes: server.logSizeBytes) }
    }

    /// Returns an error in terms of the embedded server, or as it is where that says no more.
    static func explained(_ error: any Error) -> any Error {
        guard let use = use.withLock({ $0 }) else { return error }
        let isLost = (error as? StorageError)?.code == .lockLost
        guard isLost || error is PostgresError else { return error }
        let failure = error as? PostgresError
        if failure?.code == .diskFull { return use.server.diskIsFull }
        guard isLost || failure?.isUnreachable == true else { return error }
        if let full = use.server.diskFailure(since: use.logSizeBytes) { return full }
        guard let failure else { return error }
        return CommandError(
            "the embedded PostgreSQL: \(failure.message)",
            remedy: "run the command again; if that does not help, look into "
                + use.server.logFile, status: Termination.unreachable)
    }
}
