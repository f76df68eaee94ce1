import GitdexTesting
import Testing

@testable import API

@Suite("Jobs and repositories over HTTP", .serialized)
struct QueueRouteTests {
    @Test("jobs are listed, shown, called off and run again")
    func jobs() async throws {
        let bench = try await APIBench.start()
        let ids = try await bench.enqueue(["a", "b", "c"])
        let list = try await bench.local("GET", "jobs?state=waiting&kind=ref").json["jobs"]
        #expect(list.elements.map { $0["id"].int } == ids.reversed())
        let shown = try await bench.local("GET", "jobs/\(ids[0])")
        #expect(shown.json["state"].string == "waiting" && shown.json["attempts"].int == 0)
        let cancelled = try await bench.local("DELETE", "jobs/\(ids[0])")
        #expect(cancelled.json["state"].string == "cancelled")
        let again = try await bench.local("DELETE", "jobs/\(ids[0])")
        #expect(again.status == 409)
        let retried = try await bench.local("POST", "jobs/\(ids[0])/retry")
        #expect(retried.status == 200 && retried.json["state"].string == "waiting")
        for path in ["jobs/0", "jobs/x", "jobs/99999999999999999999", "jobs/-1"] {
            #expect(try await bench.local("GET", path).status == 404, "\(path)")
            #expect(try await bench.local("DELETE", path).status == 404, "\(path)")
            #expect(try await bench.local("POST", path + "/retry").status == 404, "\(path)")
        }
        try await bench.stop()
    }

    @Test("a cursor survives rows that come meanwhile")
    func cursors() async throws {
        let bench = try await APIBench.start()
        let ids = try await bench.enqueue((0..<7).map { "key \($0)" })
        let first = try await bench.local("GET", "jobs?limit=3").json
        _ = try await bench.enqueue(["late 1", "late 2"])
        let cursor = try #require(first["next_cursor"].string)
        let second = try await bench.local("GET", "jobs?limit=3&cursor=\(cursor)").json
        let third = try await bench.local(
            "GET", "jobs?limit=3&cursor=\(second["next_cursor"].string ?? "")"
        ).json
        let seen = [first, second, third].flatMap { $0["jobs"].elements.map { $0["id"].int } }
        #expect(seen == ids.reversed())
        #expect(third["next_cursor"] == .null)
        try await bench.stop()
    }

    @Test(
        "a repository is connected, changed, indexed and forgotten through what the command gives")
    func repositories() async throws {
        let made = Made()
        let bench = try await APIBench.start { services in
            services.connect = { try await made.connect($0) }
            services.disconnect = { try await made.disconnect($0, $1) }
            services.changeSecrets = { $0.rotatesWebhookSecret ? "new secret" : nil }
        }
        await made.use(bench)
        let body =
            "{\"url\":\"https://git.example/a/b.git\",\"name\":\"b\",\"credentials\":{\"token\":\"t\"}}"
        let created = try await bench.local("POST", "repositories", json: body)
        #expect(created.status == 201)
        let id = try #require(created.json["id"].int)
        #expect(created.headers["location"] == "/v1/workspaces/local/repositories/\(id)")
        #expect(created.json["webhook"]["secret"].string == "made secret")
        #expect(
            created.json["webhook"]["url"].string
                == "http://127.0.0.1:\(bench.port)/webhooks/github")
        let path = "repositories/\(id)"
        #expect(try await bench.local("GET", path).json["webhook"] == .null)
        let list = try await bench.local("GET", "repositories").json["repositories"]
        #expect(list.elements.map { $0["name"].string } == ["b"])
        let changed = try await bench.local(
            "PATCH", path, json: "{\"name\":\"c\",\"include\":[\"src/**\"]}")
        #expect(changed.json["name"].string == "c")
        #expect(changed.json["include"][0].string == "src/**")
        let rotated = try await bench.local(
            "PATCH", path, json: "{\"webhook_secret\":\"rotate\"}")
        #expect(rotated.status == 200)
        #expect(rotated.json["webhook"]["secret"].string == "new secret")
        let other = try await bench.local(
            "PATCH", path, json: "{\"credentials\":{\"token\":\"u\"}}")
        #expect(other.status == 200 && other.json["webhook"] == .null)
        for body in [
            "{\"webhook_secret\":\"mine\"}", "{\"webhook_secret\":\"rotate\",\"name\":\"d\"}",
        ] {
            #expect(try await bench.local("PATCH", path, json: body).status == 400)
        }
        let job = try await bench.local("POST", path + "/index", json: "{\"ref\":\"main\"}")
        #expect(job.status == 202)
        let jobID = try #require(job.json["job"]["id"].int)
        let key = try await bench.local("GET", "jobs/\(jobID)").json["key"].string
        #expect(key == "\(id) refs/heads/main")
        #expect(try await bench.local("POST", path + "/index", json: "{}").status == 202)
        #expect(try await bench.local("DELETE", path).status == 204)
        #expect(try await bench.local("GET", path).status == 404)
        try await bench.stop()
    }

    @Test("what the command refuses is said to the client; what is local stays in its folder")
    func refusals() async throws {
        let bench = try await APIBench.start { services in
            services.connect = { _ in throw APIRefusal(.invalid, "private addresses are off") }
        }
        let refused = try await bench.local("POST", "repositories", json: "{\"url\":\"/tmp/x\"}")
        #expect(refused.status == 400 && refused.detail == "private addresses are off")
        try await bench.index(try SearchRouteTests.fixture())
        let index = try await bench.local("POST", "repositories/1/index", json: "{}")
        #expect(index.status == 409)
        let name = try await bench.local("PATCH", "repositories/1", json: "{\"name\":\"x\"}")
        #expect(name.status == 409)
        #expect(try await bench.local("DELETE", "repositories/1").status == 204)
        try await bench.stop()
    }
}

/// Connects and disconnects as the command would, over the server's own database.
private actor Made {
    private var bench: APIBench?

    func use(_ bench: APIBench) { self.bench = bench }

    func connect(_ request: ConnectRequest) async throws -> ConnectedRepository {
        guard let bench else { throw APIRefusal(.unavailable, "no database") }
        let id = try await bench.connectRemote(request.url, name: request.name ?? "x")
        return ConnectedRepository(id: id, webhookSecret: "made secret")
    }

    func disconnect(_ workspace: String, _ id: Int) async throws {
        try bench?.database.run("DELETE FROM repositories WHERE id = \(id)")
    }
}
