/// Hears how far a run is; called from the run's threads.
public protocol IndexProgress: Sendable {
    /// The run knows how much there is to do.
    ///
    /// - Parameter total: The number of files.
    func begin(total: Int)

    /// The run got on.
    ///
    /// - Parameter count: The number of files that are done.
    func advance(to count: Int)

    /// The run does something that has no count.
    ///
    /// - Parameter name: What it does, for the user to read.
    func stage(_ name: String)
}

/// Hears nothing.
public struct NoProgress: IndexProgress {
    /// Makes the silent listener.
    public init() {}

    /// Does nothing.
    ///
    /// - Parameter total: Ignored.
    public func begin(total: Int) {}

    /// Does nothing.
    ///
    /// - Parameter count: Ignored.
    public func advance(to count: Int) {}

    /// Does nothing.
    ///
    /// - Parameter name: Ignored.
    public func stage(_ name: String) {}
}
