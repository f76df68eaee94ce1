/// Collects changes into batches of one worker's size.
struct PlanBatcher {
    var batch = TreePlan()

    /// Hands the batch over when it is as large as a worker takes.
    mutating func handOverIfFull(_ body: (TreePlan) throws -> Void) throws {
        if batch.changeCount >= IndexLimits.filesPerBatch { try handOver(body) }
    }

    /// Hands over what is there.
    mutating func handOver(_ body: (TreePlan) throws -> Void) throws {
        guard batch.changeCount > 0 else { return }
        let full = batch
        batch = TreePlan()
        try body(full)
    }
}
