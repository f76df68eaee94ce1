internal import Tracing

/// The span of one run of a job; without a tracing backend nothing is recorded.
enum JobSpan {
    /// Runs the work of a job within its span.
    ///
    /// - Throws: What the work throws.
    static func run(_ job: Job, _ body: () throws -> Void) throws {
        try withSpan("job \(job.kind)", ofKind: .consumer) { span in
            span.attributes["gitdex.job.id"] = job.id
            span.attributes["gitdex.job.attempt"] = job.attempts
            span.attributes["gitdex.workspace"] = job.workspace
            try body()
        }
    }
}
