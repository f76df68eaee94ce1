/// How far a job has come, in steps of its own choice.
public struct JobProgress: Sendable, Hashable {
    /// The steps that are done.
    public var done: Int
    /// All steps, as far as they are known by now.
    public var total: Int

    /// Says how far a job has come; negative numbers count as 0.
    ///
    /// - Parameters:
    ///   - done: The steps that are done.
    ///   - total: All steps.
    public init(done: Int, total: Int) {
        self.done = max(done, 0)
        self.total = max(total, 0)
    }
}
