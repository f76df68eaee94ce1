import GitdexTesting
import Storage
import Testing

@testable import API

@Suite("What is said about repositories is checked", .serialized, .timeLimit(.minutes(3)))
struct RepositoryBodyTests {
    private func bench() async throws -> APIBench {
        try await APIBench.start {
            $0.connect = { _ in ConnectedRepository(id: 1, webhookSecret: "s") }
        }
    }

    @Test("names that come twice, other encodings, and names that lead elsewhere are refused")
    func bodies() async throws {
        let bench = try await bench()
        for (body, detail) in [
            ("{\"url\":\"/a\",\"url\":\"/b\"}", "twice"),
            ("{\"url\":\"/a\",\"\\u0075rl\":\"/b\"}", "twice"),
            ("{\"url\":\"/a\",\"credentials\":{\"token\":\"a\",\"token\":\"b\"}}", "twice"),
            ("{\"url\":\"/a\",\"name\":\"..\"}", "'name'"),
            ("{\"url\":\"/a\",\"name\":\"4711\"}", "'name'"),
        ] {
            let answer = try await bench.local("POST", "repositories", json: body)
            #expect(answer.status == 400 && answer.detail.contains(detail), "\(body)")
        }
        let wide = "{\"url\":\"/a\"}".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let answer = try await bench.client.send(
            "POST", "/v1/workspaces/local/repositories",
            headers: ["content-type": "application/json"], body: wide)
        #expect(answer.status == 400 && answer.detail.contains("UTF-8"))
        // The same name in two objects is no repetition.
        let fine = "{\"url\":\"/a\",\"credentials\":{\"token\":\"url\",\"username\":\"url\"}}"
        #expect(try await bench.local("POST", "repositories", json: fine).status == 404)
        try await bench.stop()
    }

    @Test("refs that cannot be fetched are refused; no body means all refs")
    func refs() async throws {
        let bench = try await bench()
        let id = try await bench.connectRemote("https://host.invalid/a.git", name: "served")
        let path = "repositories/\(id)/index"
        for ref in [
            "refs/heads/../y", "refs/heads/a b", "a..b", "refs/heads/", "/", "x.lock", "a~1",
            String(repeating: "ab", count: 20),
        ] {
            let answer = try await bench.local("POST", path, json: "{\"ref\":\"\(ref)\"}")
            #expect(answer.status == 400 && answer.problem == "invalid-body", "\(ref)")
        }
        #expect(try await bench.local("POST", path, json: "{\"ref\":\"HEAD\"}").status == 409)
        try bench.database.run(
            "UPDATE repositories SET default_ref = 'refs/heads/trunk' WHERE id = \(id)")
        for ref in ["HEAD", "main", "refs/tags/v1"] {
            let answer = try await bench.local("POST", path, json: "{\"ref\":\"\(ref)\"}")
            #expect(answer.status == 202, "\(ref)")
        }
        #expect(try await bench.local("POST", path).status == 202)
        let keys = try await bench.local("GET", "jobs").json["jobs"].elements
        #expect(keys.contains { $0["key"].string == "\(id) refs/heads/trunk" })
        #expect(keys.allSatisfy { $0["due"].string != nil })
        try await bench.stop()
    }

    @Test("patterns that indexing would refuse are refused")
    func patterns() async throws {
        let bench = try await bench()
        let id = try await bench.connectRemote("https://host.invalid/a.git", name: "served")
        for field in ["include", "exclude"] {
            let answer = try await bench.local(
                "PATCH", "repositories/\(id)", json: "{\"\(field)\":[\"[\"]}")
            #expect(answer.status == 400 && answer.detail.contains("malformed"))
        }
        try await bench.stop()
    }

    @Test("a file without a ref is of the remote's default branch, as a search is")
    func standardRef() async throws {
        let bench = try await bench()
        let fixture = try GitFixture()
        try fixture.write("a.py", "def on_main():\n    return 1\n")
        try fixture.commit()
        try await bench.index(fixture, "refs/heads/main")
        try fixture.git("checkout", "-q", "-b", "proposal")
        try fixture.write("a.py", "def proposed():\n    return 2\n")
        try fixture.commit()
        try fixture.git("update-ref", "refs/pull/1/head", "HEAD")
        try await bench.index(fixture, "refs/pull/1/head")
        // Known, then renamed: the branch that was the default one is there no more.
        for name in ["main", "gone"] {
            try bench.database.run("UPDATE repositories SET default_ref = 'refs/heads/\(name)'")
            let repository = try await bench.local("GET", "repositories")
            let id = try #require(repository.json["repositories"].elements.first?["id"].int)
            let file = try await bench.local("GET", "repositories/\(id)/files/a.py")
            #expect(file.json["ref"].string == "refs/heads/main", "\(name)")
            let search = try await bench.local("GET", "search?q=on_main")
            #expect(
                search.json["results"].elements.first?["ref"].string == "refs/heads/main", "\(name)"
            )
        }
        try await bench.stop()
    }

    @Test("a stream of events after one that there is not says so and begins now")
    func reset() async throws {
        let bench = try await bench()
        let port = bench.port
        let text = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write(
                "GET /v1/workspaces/local/events HTTP/1.1\r\nHost: localhost\r\n"
                    + "Last-Event-ID: 999999\r\n\r\n")
            return socket.read(until: "data: {}")
        }
        #expect(text.contains("event: reset"))
        try await bench.stop()
    }
}
