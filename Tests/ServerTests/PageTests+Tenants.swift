import GitdexTesting
import Testing

/// What stands behind the page once a workspace is connected: issues beside the code, and nothing of
/// it for another tenant.
extension PageTests {
    static let issueWords = "the quiet harbour lantern flickers"

    /// An issue of the connected repository is found by the search that finds its code.
    static func findsIssue(_ bench: ServerBench, workspace: String, token: String) async throws {
        let path = "/v1/workspaces/\(workspace)"
        let started = try await send("POST", path + "/sync", token, bench, body: "{}")
        try #require(started.status == 202, "\(started.text)")
        var found = JSONValue.null
        try await bench.wait(.seconds(60), "the issue is not found") {
            let answer = try await send(
                "GET", path + "/search?q=quiet+harbour+lantern&kind=issue", token, bench)
            found = answer.json["results"][0]
            return found["number"].int == 41
        }
        #expect(found["kind"].string == "issue")
        #expect(found["title"].string == issueWords)
        let both = try await send("GET", path + "/search?q=the_pushed_function", token, bench)
        #expect(both.json["results"][0]["path"].string == "pushed.py")
    }

    /// Somebody with another workspace finds neither, nor that there is a workspace.
    static func othersSeeNothing(_ bench: ServerBench, workspace: String) async throws {
        let added = try bench.gitdex("user", "add", "eve@example.org", "--generate", "--json")
        try #require(added.status == 0, "\(added.errors)")
        let password = try #require(try JSONValue(parsing: added.output)["password"].string)
        let token = try await login("eve@example.org", password, bench)
        let made = try await send(
            "POST", "/v1/workspaces", token, bench, body: #"{"name": "Eve's"}"#)
        let own = try #require(made.json["id"].string, "\(made.text)")
        for path in ["", "/search?q=the_pushed_function", "/repositories", "/sync", "/events"] {
            let answer = try await send("GET", "/v1/workspaces/\(workspace)\(path)", token, bench)
            #expect(answer.status == 404, "\(path)")
        }
        let repositories = try await send(
            "GET", "/v1/workspaces/\(own)/repositories", token, bench)
        #expect(repositories.json["repositories"].elements.isEmpty)
        for query in ["the_pushed_function", "quiet+harbour+lantern"] {
            let answer = try await send(
                "GET", "/v1/workspaces/\(own)/search?q=\(query)", token, bench)
            #expect(answer.json["results"].elements.isEmpty, "\(query)")
        }
    }

    static func login(
        _ email: String, _ password: String, _ bench: ServerBench
    ) async throws -> String {
        let answer = try await bench.client.send(
            "POST", "/v1/auth/login", headers: ["content-type": "application/json"],
            body: Array(#"{"email": "\#(email)", "password": "\#(password)"}"#.utf8))
        return try #require(answer.json["access_token"].string, "\(answer.text)")
    }

    private static func send(
        _ method: String, _ path: String, _ token: String, _ bench: ServerBench,
        body: String? = nil
    ) async throws -> HTTPAnswer {
        var headers = ["authorization": "Bearer \(token)"]
        if body != nil { headers["content-type"] = "application/json" }
        return try await bench.client.send(
            method, path, headers: headers, body: body.map { Array($0.utf8) })
    }
}
