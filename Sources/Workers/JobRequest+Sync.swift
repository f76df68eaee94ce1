public import Queue

extension JobRequest {
    private static let syncPriority = 150

    /// A job that reads what GitHub has of a repository besides its files.
    ///
    /// - Parameters:
    ///   - repository: The repository's number.
    ///   - scope: What it draws upon: the ``GitHub/GitHubSettings/queueScope`` of the GitHub.
    ///   - isHinted: Whether a delivery asks for it, so that others may come at the same moment.
    /// - Returns: The request.
    public static func sync(
        _ repository: Int, scope: String, isHinted: Bool = false
    ) -> JobRequest {
        var request = JobRequest(
            kind: JobKinds.sync, uniqueKey: "\(repository)",
            payload: "{\"repository\":\(repository)}")
        request.scope = scope
        request.priority = Self.syncPriority
        if isHinted { request.delay = WorkerLimits.syncDelay }
        return request
    }
}
