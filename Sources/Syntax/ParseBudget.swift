/// How much work one parse may do before it is given up.
///
/// Steps are counted by the parser itself, so the same text stops at the same place on every
/// machine. The time is a last resort against a grammar that hangs, set so far away that only a
/// parse that would never have ended meets it.
public struct ParseBudget: Sendable {
    /// The most steps; one is a hundred operations of the parser, about 25 microseconds.
    ///
    /// Recovering from an error counts as forty, which scripts/setup-grammars adds to the parser.
    public var steps: Int

    /// The most wall-clock time.
    public var time: Duration

    /// Sets both limits.
    ///
    /// - Parameters:
    ///   - steps: The most steps; one is a hundred operations of the parser.
    ///   - time: The most wall-clock time.
    public init(steps: Int, time: Duration = .seconds(60)) {
        self.steps = steps
        self.time = time
    }
}
