import Foundation

/// A GitHub for tests, on a port of its own: web pages, REST, GraphQL, OAuth and git over HTTP.
///
/// It is a program of its own, which ends with the last reference, and holds nothing at first but a
/// client for OAuth and the token of the user `octocat`:
/// ```swift
/// let gitHub = try GitHubStandIn()
/// try gitHub.control("repository", #"{"full_name": "octocat/hello", "admins": ["octocat"]}"#)
/// try gitHub.control("many", #"{"repository": "octocat/hello", "issues": 250}"#)
/// // gitdex is given gitHub.url as GITHUB_URL
/// ```
/// `control.py` lists the verbs; `fault` makes the next answers go wrong.
public final class GitHubStandIn {
    /// Where it is; the API is at `/api/v3` below it, as of a GitHub Enterprise Server.
    public let url: String
    /// The port.
    public let port: Int
    /// The id of the OAuth client.
    public static let clientID = "Iv1.8a61f9b3a7aba766"
    /// The secret of the OAuth client.
    public static let clientSecret = "standin-client-secret"
    /// A token of the user `octocat` with the scope `repo`.
    public static let token = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
    private let server: GitdexProcess
    private let folder: String

    /// Starts it.
    ///
    /// - Parameter callbackURL: The callback URL that is registered for the OAuth client.
    /// - Throws: When the server cannot be started.
    public init(callbackURL: String = "http://127.0.0.1:1/v1/auth/github/callback") throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex-github-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        for (name, text) in GitHubStandInScript.files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        let pipe = try PortPipe(at: folder + "/port")
        server = try GitdexProcess(
            [folder], program: ["/usr/bin/env", "python3", folder + "/server.py"], in: folder,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
                "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
                "PYTHONDONTWRITEBYTECODE": "1",
            ])
        port = try pipe.port(of: server)
        url = "http://127.0.0.1:\(port)"
        try control(
            "client",
            """
            {"id": "\(Self.clientID)", "secret": "\(Self.clientSecret)", \
            "redirect": "\(callbackURL)"}
            """)
        try control("token", #"{"token": "\#(Self.token)", "login": "octocat"}"#)
    }

    deinit {
        server.signal(SIGKILL)
        server.finish()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Says what it holds, or what it does wrong from now on.
    ///
    /// - Parameters:
    ///   - verb: One of the verbs of `control.py`.
    ///   - document: What belongs to it, as a JSON object.
    /// - Returns: What it answers.
    /// - Throws: When it refuses or cannot be reached.
    @discardableResult
    public func control(_ verb: String, _ document: String = "{}") throws -> JSONValue {
        let body = Array(document.utf8)
        let socket = try ClientSocket(port: port)
        socket.write(
            Array(
                """
                POST /_control/\(verb) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\
                content-length: \(body.count)\r\n\r\n
                """.utf8) + body)
        guard let answer = HTTPAnswer(socket.readAll()), answer.status == 200 else {
            throw GitdexProcess.Failure(
                description: "the stand-in for GitHub refused '\(verb)' \(document)")
        }
        return try JSONValue(parsing: answer.text)
    }

    /// The requests that it had, such as `GET /api/v3/user 200`, in their order.
    ///
    /// - Returns: One line for each.
    /// - Throws: When it cannot be reached.
    public func requests() throws -> [String] {
        try control("requests").elements.map { entry in
            "\(entry["method"].string ?? "") \(entry["path"].string ?? "")"
                + " \(entry["status"].int ?? 0)"
        }
    }
}
