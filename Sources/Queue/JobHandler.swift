/// Does the jobs of one kind.
public protocol JobHandler: Sendable {
    /// The kind of the jobs.
    var kind: String { get }

    /// Does a job, blocking the thread it is called on.
    ///
    /// The same job may run again, also when this has succeeded: it must bring things to a state, not
    /// add to them. What it commits must check the lease in the same transaction
    /// (``JobContext/checkLease(on:)``).
    ///
    /// - Parameters:
    ///   - lease: The job and the right to run it.
    ///   - context: What it works with.
    /// - Throws: ``JobFailure``; anything else counts as a failure that another attempt may mend.
    func run(_ lease: JobLease, _ context: JobContext) throws
}
