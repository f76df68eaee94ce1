internal import Synchronization

/// The jobs that a runner's slots are at.
final class RunningJobs: Sendable {
    /// One job and what is known of its run.
    struct Entry: Sendable {
        let lease: JobLease
        let control: JobControl
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        /// How many have run and are being written down.
        var settlingCount = 0
    }

    private let state = Mutex(State())

    /// Adds a job.
    func add(_ entry: Entry) {
        state.withLock { $0.entries[entry.lease.token] = entry }
    }

    /// Takes out a job that has run, to be written down by the caller.
    ///
    /// - Parameter lease: The job's lease.
    /// - Returns: False when it is not there any more because it was given back.
    func beginSettling(_ lease: JobLease) -> Bool {
        state.withLock { state in
            guard state.entries.removeValue(forKey: lease.token) != nil else { return false }
            state.settlingCount += 1
            return true
        }
    }

    /// Notes that a job that has run was written down.
    func endSettling() { state.withLock { $0.settlingCount -= 1 } }

    /// Whether a job has run and is being written down.
    var isSettling: Bool { state.withLock { $0.settlingCount > 0 } }

    /// All jobs that run.
    var all: [Entry] { state.withLock { Array($0.entries.values) } }

    /// Takes all jobs out that run.
    func removeAll() -> [Entry] {
        state.withLock { state in
            defer { state.entries = [:] }
            return Array(state.entries.values)
        }
    }
}
