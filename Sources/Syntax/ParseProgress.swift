internal import CTreeSitter

/// The text a running parse reads and the budget it spends.
struct ParseProgress {
    let bytes: UnsafeRawBufferPointer
    let deadline: ContinuousClock.Instant
    var stepsLeft: Int

    // Reading the clock at every step would cost more than the step.
    private static let stepsBetweenClockReadings = 256

    init(bytes: UnsafeRawBufferPointer, budget: ParseBudget) {
        self.bytes = bytes
        self.deadline = .now + budget.time
        self.stepsLeft = budget.steps
    }

    /// Counts one step; `true` when the parse must stop.
    mutating func step() -> Bool {
        stepsLeft -= 1
        if stepsLeft <= 0 { return true }
        return stepsLeft % Self.stepsBetweenClockReadings == 0 && ContinuousClock.now > deadline
    }

    /// The parser's view of `progress`, valid while the pointer is.
    static func input(_ progress: UnsafeMutablePointer<ParseProgress>) -> TSInput {
        TSInput(
            payload: progress,
            read: { payload, offset, _, count in
                let bytes = payload?.assumingMemoryBound(to: ParseProgress.self).pointee.bytes
                guard let bytes, Int(offset) < bytes.count, let base = bytes.baseAddress else {
                    count?.pointee = 0
                    return nil
                }
                count?.pointee = UInt32(bytes.count) - offset
                return base.advanced(by: Int(offset)).assumingMemoryBound(to: CChar.self)
            },
            encoding: TSInputEncodingUTF8, decode: nil)
    }

    /// The parser's way to ask whether it may go on, valid while the pointer is.
    static func options(_ progress: UnsafeMutablePointer<ParseProgress>) -> TSParseOptions {
        TSParseOptions(
            payload: progress,
            progress_callback: { state in
                guard let payload = state?.pointee.payload else { return true }
                return payload.assumingMemoryBound(to: ParseProgress.self).pointee.step()
            })
    }
}
