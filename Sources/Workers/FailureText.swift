import Git
import Indexing
import Postgres
import Queue
import Storage
import Telemetry

/// Says in a job's error what went wrong, and whether it is tried again.
enum FailureText {
    /// Runs the work of a job and throws what goes wrong as the user shall read it.
    ///
    /// Where the repository was disconnected meanwhile, whatever went wrong did for that reason, and
    /// there is nothing more to do.
    static func inUsersWords(
        of lease: JobLease, on connection: Connection, _ body: () throws -> Void
    ) throws {
        do {
            try body()
        } catch {
            if isDisconnected(lease, connection) { return }
            guard var failure = failure(of: error) else { throw error }
            // A wider scope would let other repositories rest as well.
            if !lease.job.scope.isEmpty,
                lease.job.scope
                    != (try? JobPayload(lease.job.payload)).map({
                        JobRequest.scope(ofRepository: $0.repository)
                    })
            {
                failure.pause = nil
            }
            throw failure
        }
    }

    private static func isDisconnected(_ lease: JobLease, _ connection: Connection) -> Bool {
        guard let payload = try? JobPayload(lease.job.payload) else { return false }
        do {
            return try RemoteStore(connection: connection)
                .repository(workspace: lease.job.workspace, id: payload.repository) == nil
        } catch {
            return false
        }
    }

    /// The failure of a job about a repository; nil for an error that the runner itself must see.
    private static func failure(of error: any Error) -> JobFailure? {
        switch error {
        case let error as JobFailure:
            return error
        case is QueueError:
            return nil
        case let error as GitError:
            return failure(of: error)
        case let error as WorkerError:
            return failure(of: error)
        case let error as IndexingError:
            return JobFailure(error.description, retry: error.code == .refBusy)
        case let error as StorageError:
            // Another host, or a run by hand, was faster: the next attempt begins from there.
            return JobFailure(
                error.description, retry: error.code == .lockLost || error.code == .refMoved)
        default:
            let text = Redaction.maskingCredentials(in: String(describing: error))
            return JobFailure(text, retry: true)
        }
    }

    private static func failure(of error: GitError) -> JobFailure? {
        let text = Redaction.maskingCredentials(in: error.description)
        switch error.code {
        case .cancelled:
            return nil
        case .authenticationFailed:
            return JobFailure(text, retry: true, pause: WorkerLimits.authenticationPause)
        case .untrustedHost, .unsupportedURL, .unsupportedObjectFormat, .unsupportedExtension:
            return JobFailure(text, retry: false)
        case .notFound:
            // A remote that hides what one may not read says this too.
            return JobFailure(text, retry: true, pause: WorkerLimits.authenticationPause)
        default:
            return JobFailure(text, retry: true)
        }
    }

    private static func failure(of error: WorkerError) -> JobFailure? {
        switch error.code {
        case .cancelled: nil
        case .invalidPayload: JobFailure(error.description, retry: false)
        case .credentialsUnreadable:
            JobFailure(
                error.description, retry: true, pause: WorkerLimits.authenticationPause)
        case .mirrorBusy:
            .later(
                error.description,
                after: .milliseconds(Int.random(in: WorkerLimits.busyMirrorPausesMilliseconds)))
        default: JobFailure(error.description, retry: true)
        }
    }
}
