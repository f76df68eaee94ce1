public import Queue
public import Storage

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
    /// Jobs for one host wait together when it wants to be left alone.
    static func sync(_ repository: Int, url: String, isHinted: Bool = false) -> JobRequest {
        var request = JobRequest(
            kind: JobKinds.sync, uniqueKey: "\(repository)",
            payload: "{\"repository\":\(repository)}")
        request.scope = "github " + (RemoteLocation(url)?.host ?? "").prefix(250)
        request.priority = syncPriority
        if isHinted { request.delay = WorkerLimits.syncDelay }
        return request
    }
}
