/// How many jobs of one kind stand in one state.
public struct JobCount: Sendable, Hashable {
    /// What the jobs do.
    public let kind: String
    /// Where they stand.
    public let state: JobState
    /// How many they are.
    public let count: Int
    /// How long ago the oldest was asked for, was started, or ended, by its state.
    public let oldestSeconds: Double
}
