/// The named limits of the workers.
enum WorkerLimits {
    /// How long a job holds its slot to wait for another one that uses the same mirror.
    static let mirrorWaitMilliseconds = 5_000
    /// How often it looks.
    static let mirrorPollMilliseconds = 10
    /// How long a job then waits in the queue, by chance, before it tries again.
    static let busyMirrorPausesMilliseconds = 1_000...2_000
    /// A push that came longer ago than this is not waited for any more.
    static let visibilitySeconds = 120.0
    /// The same where the remote stands neither before nor behind the push: it was forced elsewhere.
    static let elsewhereSeconds = 2.0
    /// The least and the most time until a push that the remote does not show is looked for again.
    static let visibilityPauses = 0.1...10.0
    /// How often one run of a job makes its mirror anew.
    static let mirrorAttempts = 3
    /// How long a repository rests whose remote refuses the credentials.
    static let authenticationPause = Duration.seconds(900)
    /// The part of the limit that mirrors may keep when the limit is passed.
    static let keptShareOfMirrors = 0.9
    /// How many branches that are not indexed yet one comparison begins with.
    static let branches = 1_000
    /// With more tags than this only those that are indexed already are followed.
    static let tags = 100
    /// For how long one job reads from GitHub before others get their turn.
    static let syncTurn = Duration.seconds(30)
    /// How long GitHub is left alone when it does not say for how long.
    static let secondaryLimitPause = Duration.seconds(60)
    /// How long a delivery waits for others about the same repository.
    static let syncDelay = Duration.seconds(2)

    /// After how long a push is looked for again that has been waited for: the longer, the longer.
    static func visibilityPause(after seconds: Double) -> Duration {
        let pause = min(max(seconds / 2, visibilityPauses.lowerBound), visibilityPauses.upperBound)
        return .milliseconds(Int(pause * 1_000))
    }
}
