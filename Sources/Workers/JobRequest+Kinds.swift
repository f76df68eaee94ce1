public import Queue
import Telemetry

extension JobRequest {
    /// A job that brings a ref to where the remote has it.
    ///
    /// - Parameters:
    ///   - ref: The ref's full name.
    ///   - repository: The repository's number.
    ///   - hint: What a delivery says about the ref.
    /// - Returns: The request.
    public static func ref(
        _ ref: String, ofRepository repository: Int, hint: PushHint? = nil
    ) -> JobRequest {
        let members = hint?.members ?? ""
        var request = JobRequest(
            kind: JobKinds.ref, uniqueKey: "\(repository) \(ref)",
            payload: "{\"repository\":\(repository),\"ref\":\(JSONText.quoted(ref))\(members)}")
        request.scope = scope(ofRepository: repository)
        return request
    }

    /// A job that compares all refs of a repository with its remote.
    ///
    /// - Parameter repository: The repository's number.
    /// - Returns: The request.
    public static func repository(_ repository: Int) -> JobRequest {
        var request = JobRequest(
            kind: JobKinds.repository, uniqueKey: "\(repository)",
            payload: "{\"repository\":\(repository)}")
        request.scope = scope(ofRepository: repository)
        return request
    }

    /// What the jobs of a repository draw upon, so that they rest together when its remote refuses
    /// them.
    ///
    /// - Parameter repository: The repository's number.
    /// - Returns: The scope.
    public static func scope(ofRepository repository: Int) -> String {
        "repository \(repository)"
    }
}
