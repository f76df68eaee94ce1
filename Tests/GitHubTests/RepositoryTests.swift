import GitHub
import GitdexTesting
import Storage
import Testing

@Suite("Repositories and their webhooks at GitHub", .timeLimit(.minutes(3)))
struct RepositoryTests {
    @Test("all that the account sees come page by page, each once, by name")
    func paged() throws {
        let bench = try GitHubBench()
        try bench.connect()
        for number in 0..<130 {
            try bench.gitHub.control(
                "repository",
                #"""
                {"full_name": "octocat/repo-\#(number)", "private": \#(number % 2 == 0), \#
                "readers": ["octocat"]}
                """#)
        }
        try bench.gitHub.control(
            "repository", #"{"full_name": "other/hidden", "private": true}"#)
        let client = try bench.access.client(workspace: bench.workspace, on: bench.connection)
        var names: [String] = []
        var offset: Int? = 0
        while let from = offset {
            let page = try client.repositories(from: from, limit: 40)
            names += page.repositories.map(\.fullName)
            offset = page.nextOffset
        }
        #expect(names.count == 130 && Set(names).count == 130)
        #expect(names == names.sorted())
        names = []
        offset = 0
        while let from = offset {
            let page = try client.repositories(search: "REPO-1", from: from, limit: 7)
            #expect(page.repositories.count <= 7)
            names += page.repositories.map(\.fullName)
            offset = page.nextOffset
        }
        #expect(names.count == 41 && Set(names).count == 41)
        #expect(names.allSatisfy { $0.contains("repo-1") })
    }

    @Test("a webhook is made with its secret, made anew where one is there, and taken away")
    func hooks() throws {
        let bench = try GitHubBench()
        try bench.connect()
        _ = try bench.repository()
        let client = try bench.access.client(workspace: bench.workspace, on: bench.connection)
        let url = "https://gitdex.example/webhooks/github"
        let id = try client.createHook(repository: "octocat/hello", url: url, secret: "one")
        func hooks() throws -> GitdexTesting.JSONValue {
            try bench.gitHub.control("hooks", #"{"repository": "octocat/hello"}"#)
        }
        #expect(try hooks()[0]["id"].int == id)
        #expect(try hooks()[0]["secret"].string == "one")
        #expect(try hooks()[0]["config"]["content_type"].string == "json")
        #expect(try hooks()[0]["events"].elements.contains(.text("push")))
        #expect(try client.createHook(repository: "octocat/hello", url: url, secret: "two") == id)
        #expect(try hooks()[0]["secret"].string == "two")
        try client.deleteHook(id, repository: "octocat/hello")
        #expect(try hooks().elements.isEmpty)
        try client.deleteHook(id, repository: "octocat/hello")
    }

    @Test("where the account may not, it is said")
    func refused() throws {
        let bench = try GitHubBench()
        try bench.connect()
        try bench.gitHub.control("repository", #"{"full_name": "other/open"}"#)
        let client = try bench.access.client(workspace: bench.workspace, on: bench.connection)
        #expect(
            bench.code {
                _ = try client.createHook(
                    repository: "other/open", url: "https://a.example/", secret: "x")
            } == .notFound)
        for name in ["nonsense", "a/b/c", "../admin", "/", "a/", "a/.."] {
            #expect(bench.code { _ = try client.repository(name) } == .notFound)
        }
    }

    @Test(
        "what GitHub answers instead has a code of its own",
        arguments: [
            (#""status": 500"#, GitHubError.Code.unavailable), (#""status": 502"#, .unavailable),
            (#""status": 503, "body": "<html>busy</html>""#, .unavailable),
            (#""status": 422, "message": "Validation Failed""#, .rejected),
            (#""status": 403, "secondary": true, "retry_after": 7"#, .rateLimited),
            (#""status": 403, "secondary": true"#, .rateLimited),
            (#""status": 429, "retry_after": 3"#, .rateLimited),
            (#""status": 403, "message": "Resource not accessible by integration""#, .forbidden),
            (#""status": 200, "body": "<html>not json</html>""#, .malformedAnswer),
            (#""cut": 1"#, .unavailable),
        ])
    func faults(_ fault: String, _ code: GitHubError.Code) throws {
        let bench = try GitHubBench()
        try bench.connect()
        let client = try bench.access.client(workspace: bench.workspace, on: bench.connection)
        try bench.gitHub.control("fault", #"{"match": "GET /api/v3/user/repos", \#(fault)}"#)
        do {
            _ = try client.repositories()
            Issue.record("it was answered")
        } catch let error as GitHubError {
            #expect(error.code == code)
            if fault.contains("retry_after\": 7") { #expect(error.retryAfter == .seconds(7)) }
            if fault.contains("secondary\": true") && !fault.contains("retry_after") {
                #expect(error.retryAfter == .seconds(60))
            }
        }
        // The fault was there once.
        _ = try client.repositories()
    }

    @Test("a limit that is used up is said with the time until it is refilled")
    func limit() throws {
        let bench = try GitHubBench()
        try bench.connect()
        let client = try bench.access.client(workspace: bench.workspace, on: bench.connection)
        try bench.gitHub.control("limit", #"{"remaining": 0, "reset": 4102444800}"#)
        do {
            _ = try client.repositories()
            Issue.record("it was answered")
        } catch let error as GitHubError {
            #expect(error.code == .rateLimited)
            // Nobody is believed for longer than a day.
            #expect(error.retryAfter == .seconds(86_400))
        }
    }
}
