import Queue
import Storage

extension JobRequest {
    /// The job that brings a ref to the remote's head, or drops it when the remote has it no more.
    ///
    /// The commit is where a delivery saw the ref: the remote may not show it yet, or any more.
    static func following(
        _ ref: String, commit: String?, of repository: RemoteRepository
    ) -> JobRequest {
        let hint = commit.map { ",\"commit\":\(quoted($0))" } ?? ""
        var request = JobRequest(
            kind: "ref", uniqueKey: "\(repository.id) \(ref)",
            payload: "{\"repository\":\(repository.id),\"ref\":\(quoted(ref))\(hint)}")
        request.scope = scope(of: repository)
        return request
    }

    /// The job that compares all refs of a repository with the remote's.
    static func comparing(_ repository: RemoteRepository) -> JobRequest {
        var request = JobRequest(
            kind: "repository", uniqueKey: "\(repository.id)",
            payload: "{\"repository\":\(repository.id)}")
        request.scope = scope(of: repository)
        return request
    }

    /// The host that a pause of the remote would concern.
    private static func scope(of repository: RemoteRepository) -> String {
        let host = RemoteLocation(repository.url)?.host ?? ""
        return host.utf8.count <= 253 ? host : ""
    }

    /// A JSON string; control characters have no place in a ref's name.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
