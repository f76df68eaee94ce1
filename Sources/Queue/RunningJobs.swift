internal import Synchronization

/// The jobs that a runner's slots are at.
final class RunningJobs: Sendable {
    /// One job and what is known of its run.
    struct Entry: Sendable {
        let lease: JobLease
        let control: JobControl
    }

    private let entries = Mutex<[Int: Entry]>([:])

    /// Adds a job.
    func add(_ entry: Entry) {
        entries.withLock { $0[entry.lease.token] = entry }
    }

    /// Takes a job out; false when it is not there any more because it was given back.
    func remove(_ lease: JobLease) -> Bool {
        entries.withLock { $0.removeValue(forKey: lease.token) != nil }
    }

    /// All jobs.
    var all: [Entry] { entries.withLock { Array($0.values) } }

    /// Takes all jobs out.
    func removeAll() -> [Entry] {
        entries.withLock { entries in
            defer { entries = [:] }
            return Array(entries.values)
        }
    }
}
