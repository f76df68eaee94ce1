/// Where a job stands; `docs/queue.md` draws the ways between the states.
public enum JobState: String, Sendable, Hashable, CaseIterable {
    /// It is to run, now or once its time has come.
    case waiting
    /// A worker holds its lease.
    case running
    /// Its work is done.
    case done
    /// It will not be tried again by itself: its attempts are used up, or trying again is no use.
    case failed
    /// It is to run no more because a newer job for the same thing waits.
    case superseded
    /// Somebody called it off.
    case cancelled

    /// Whether the job runs no more, unless somebody asks for it.
    public var isEnded: Bool {
        switch self {
        case .waiting, .running: false
        case .done, .failed, .superseded, .cancelled: true
        }
    }
}
