internal import Metrics
internal import Postgres

/// What a runner counts and measures.
enum JobMetrics {
    /// How a run ended.
    enum Outcome: String {
        case done, retried, failed, superseded
        case givenBack = "given_back"
        case lost
    }

    /// Notes the end of a run.
    static func record(_ outcome: Outcome, kind: String, duration: Duration) {
        Counter(
            label: "gitdex_jobs_total", dimensions: [("kind", kind), ("outcome", outcome.rawValue)]
        ).increment()
        Timer(label: "gitdex_job_duration_seconds", dimensions: [("kind", kind)])
            .recordNanoseconds(nanoseconds(duration))
    }

    /// Notes how long a job waited since it was due.
    static func recordWait(of job: Job) {
        guard let startedAt = job.startedAt else { return }
        let microseconds = startedAt.unixMicroseconds - job.runAfter.unixMicroseconds
        Timer(label: "gitdex_job_wait_seconds", dimensions: [("kind", job.kind)])
            .recordNanoseconds(max(microseconds, 0) * 1000)
    }

    /// Notes jobs whose worker died.
    static func recordRescued(_ count: Int) {
        Counter(label: "gitdex_jobs_rescued_total").increment(by: Int64(count))
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let parts = duration.components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}
