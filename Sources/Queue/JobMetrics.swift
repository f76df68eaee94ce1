internal import Metrics
internal import Postgres

/// What a runner counts and measures.
public enum JobMetrics {
    private static let jobs = "gitdex_jobs_total"
    private static let duration = "gitdex_job_duration_seconds"
    private static let wait = "gitdex_job_wait_seconds"
    private static let rescued = "gitdex_jobs_rescued_total"

    /// What each metric means, for the text that a scraper reads.
    public static let descriptions: [(name: String, help: String)] = [
        (jobs, "Runs of jobs that ended, by kind and outcome."),
        (duration, "How long runs of jobs took, in seconds."),
        (wait, "From when a job was due until it was taken, in seconds."),
        (rescued, "Jobs taken back from workers that stopped reporting."),
    ]

    /// How a run ended.
    enum Outcome: String {
        case done, retried, failed, superseded
        case givenBack = "given_back"
        case lost
    }

    /// Notes the end of a run.
    static func record(_ outcome: Outcome, kind: String, duration: Duration) {
        Counter(
            label: jobs, dimensions: [("kind", kind), ("outcome", outcome.rawValue)]
        ).increment()
        Timer(label: Self.duration, dimensions: [("kind", kind)])
            .recordNanoseconds(nanoseconds(duration))
    }

    /// Notes how long a job waited since it was due.
    static func recordWait(of job: Job) {
        guard let startedAt = job.startedAt else { return }
        let microseconds = startedAt.unixMicroseconds - job.runAfter.unixMicroseconds
        Timer(label: wait, dimensions: [("kind", job.kind)])
            .recordNanoseconds(max(microseconds, 0) * 1000)
    }

    /// Notes jobs whose worker died.
    static func recordRescued(_ count: Int) {
        Counter(label: rescued).increment(by: Int64(count))
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let parts = duration.components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}
