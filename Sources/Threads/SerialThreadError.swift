/// A closure came after the thread had been stopped.
public struct SerialThreadError: Error, Sendable, CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        "the thread has been stopped: do not use what was shut down"
    }
}
