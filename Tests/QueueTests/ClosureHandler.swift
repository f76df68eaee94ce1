import Queue

/// A handler made of a closure.
struct ClosureHandler: JobHandler {
    let kind: String
    let body: @Sendable (JobLease, JobContext) throws -> Void

    init(
        _ kind: String = "ref", _ body: @escaping @Sendable (JobLease, JobContext) throws -> Void
    ) {
        self.kind = kind
        self.body = body
    }

    func run(_ lease: JobLease, _ context: JobContext) throws { try body(lease, context) }
}
