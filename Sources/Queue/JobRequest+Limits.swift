extension JobRequest {
    private static let kindLimitCharacters = 64
    private static let keyLimitBytes = 2_000
    private static let scopeLimitBytes = 300
    private static let payloadLimitBytes = 65_536
    private static let attemptsLimit = 1_000
    /// No job is asked for further ahead.
    private static let delayLimit = Duration.seconds(366 * 86_400)

    /// Whether the queue takes the request, as far as its sizes go.
    public var isWithinLimits: Bool {
        do {
            try check()
            return true
        } catch {
            return false
        }
    }

    /// Refuses what the table would refuse, so that one request does not spoil a whole batch unseen.
    func check() throws(QueueError) {
        try require((1...Self.kindLimitCharacters).contains(kind.unicodeScalars.count), "kind")
        try require(uniqueKey.utf8.count <= Self.keyLimitBytes, "key")
        try require(scope.utf8.count <= Self.scopeLimitBytes, "scope")
        try require(payload.utf8.count <= Self.payloadLimitBytes, "payload")
        try require(Int(Int16.min)...Int(Int16.max) ~= priority, "priority")
        try require((1...Self.attemptsLimit).contains(maximumAttempts), "limit of attempts")
        for time in [delay, maximumDelay] {
            try require(time >= .zero && time <= Self.delayLimit, "delay")
        }
        for text in [kind, uniqueKey, scope, payload] {
            try require(!text.utf8.contains(0), "text")
        }
    }

    /// The request that takes the place of an earlier one in the same batch.
    func replacing(_ earlier: JobRequest) -> JobRequest {
        var request = self
        request.priority = min(priority, earlier.priority)
        request.maximumDelay = min(
            max(maximumDelay, delay), max(earlier.maximumDelay, earlier.delay))
        request.delay = min(delay, request.maximumDelay)
        return request
    }

    private func require(_ isGood: Bool, _ what: String) throws(QueueError) {
        guard !isGood else { return }
        throw QueueError(
            .invalidRequest,
            "the \(what) of a job of kind '\(kind.prefix(64))' is out of its limits",
            remedy: "ask for a job within the limits that docs/queue.md names")
    }
}
