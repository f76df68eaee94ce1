/// One line of a repository's hook log.
public struct HookLogEntry: Sendable, Hashable, CustomStringConvertible {
    /// How a request ended.
    public enum Outcome: String, Sendable {
        /// The index stands where the branch stood.
        case done
        /// The index could not be brought there; the message says why.
        case failed
        /// A rebase is going on; the hook at its end asks again.
        case deferred
        /// The program that the hooks start is not where it was.
        case missing
    }

    /// When the request ended, as `2026-11-24T21:17:41Z`.
    public let time: String
    /// The hook that asked.
    public let hook: HookName
    /// The branch asked for, or nil for a detached HEAD.
    public let reference: String?
    /// How it ended.
    public let outcome: Outcome
    /// How long the run took.
    public let durationMilliseconds: Int
    /// What was done, or what went wrong and what to do.
    public let message: String

    /// Describes one run.
    ///
    /// - Parameters:
    ///   - time: When the request ended, in UTC.
    ///   - hook: The hook that asked.
    ///   - reference: The branch asked for, or nil for a detached HEAD.
    ///   - outcome: How it ended.
    ///   - durationMilliseconds: How long the run took.
    ///   - message: What was done, or what went wrong.
    public init(
        time: String, hook: HookName, reference: String?, outcome: Outcome,
        durationMilliseconds: Int, message: String
    ) {
        self.time = time
        self.hook = hook
        self.reference = reference
        self.outcome = outcome
        self.durationMilliseconds = durationMilliseconds
        self.message = message
    }

    /// The entry as one line of the log.
    public var description: String {
        let line = String(
            message.prefix(Self.messageLimit).map { character in
                character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
                    ? " " : character
            })
        return "\(time) \(hook.rawValue) \(reference ?? "-") \(outcome.rawValue) "
            + "\(durationMilliseconds) ms \(line)"
    }

    /// The longest message that the log keeps, in characters.
    private static let messageLimit = 1000

    /// Reads a line of the log; gives nil for one that a full disk cut off, say.
    ///
    /// - Parameter line: One line, without its end.
    public init?(line: some StringProtocol) {
        let fields = line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false)
        guard fields.count >= 6, fields[5] == "ms",
            let hook = HookName(rawValue: String(fields[1])),
            let outcome = Outcome(rawValue: String(fields[3])), let duration = Int(fields[4])
        else { return nil }
        self.init(
            time: String(fields[0]), hook: hook,
            reference: fields[2] == "-" ? nil : String(fields[2]), outcome: outcome,
            durationMilliseconds: duration, message: fields.count > 6 ? String(fields[6]) : "")
    }
}
