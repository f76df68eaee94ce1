public import Queue
public import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JobRequest {
    private static let syncPriority = 150

    /// A job that reads what GitHub has of a repository besides its files.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - isHinted: Whether a delivery asks for it, so that others may come at the same moment.
    /// - Returns: The request.
    public static func sync(
        _ repository: RemoteRepository, isHinted: Bool = false
    ) -> JobRequest {
        sync(repository.id, url: repository.url, isHinted: isHinted)
    }

    /// A job that reads what GitHub has of a repository besides its files.
    ///
    /// - Parameters:
    ///   - repository: The repository's number.
    ///   - scope: What it draws upon, such as a `GitHubSettings.queueScope`.
    ///   - isHinted: Whether a delivery asks for it, so that others may come at the same moment.
    /// - Returns: The request.
    public static func sync(
        _ repository: Int, scope: String, isHinted: Bool = false
    ) -> JobRequest {
        // When it was asked for: what was read to its end since then is not read again.
        let seconds = (Date().timeIntervalSince1970 * 1_000).rounded() / 1_000
        var request = JobRequest(
            kind: JobKinds.sync, uniqueKey: "\(repository)",
            payload: "{\"repository\":\(repository),\"received_at\":\(seconds)}")
        request.scope = scope
        request.priority = syncPriority
        if isHinted { request.delay = WorkerLimits.syncDelay }
        return request
    }

    /// The same by the repository's address: jobs for one host wait together.
    static func sync(_ repository: Int, url: String, isHinted: Bool = false) -> JobRequest {
        let host = RemoteLocation(url)?.host ?? ""
        return sync(repository, scope: "github " + host.prefix(250), isHinted: isHinted)
    }
}
