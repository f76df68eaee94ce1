internal import Threads

/// Pauses between attempts: each about twice as long as the one before, with chance in it, so that
/// two that got in each other's way do not meet again.
struct Backoff {
    private static let firstMilliseconds = 5
    private static let longestMilliseconds = 1_000

    private var milliseconds = Self.firstMilliseconds

    /// Sleeps on the calling thread.
    mutating func pause() {
        MonotonicClock.sleep(milliseconds: Int.random(in: milliseconds / 2...milliseconds))
        milliseconds = min(milliseconds * 2, Self.longestMilliseconds)
    }
}
