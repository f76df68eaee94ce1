import GitdexTesting
import Testing

@testable import API

@Suite("What every answer is like", .serialized)
struct EdgeTests {
    @Test("health, readiness, metrics")
    func health() async throws {
        let bench = try await APIBench.start()
        #expect(try await bench.call("GET", "/healthz").json["status"].string == "ok")
        #expect(try await bench.call("GET", "/readyz").json["status"].string == "ready")
        let metrics = try await bench.call("GET", "/metrics")
        #expect(metrics.text == "# no metrics\n")
        let head = try await bench.call("HEAD", "/healthz")
        #expect(head.status == 200 && head.body.isEmpty)
        try bench.database.run("DELETE FROM schema_migrations")
        let behind = try await bench.call("GET", "/readyz")
        #expect(behind.status == 503 && behind.problem == "unavailable")
        try await bench.stop()
    }

    @Test("a path that leads nowhere, and a method that does not fit")
    func nowhere() async throws {
        let bench = try await APIBench.start()
        for path in [
            "/", "/v1", "/v1/workspaces/local/x", "/healthz/x", "/%00",
            "/v1/workspaces/local/jobs/x/y",
        ] {
            let answer = try await bench.call("GET", path)
            #expect(answer.status == 404 && answer.problem == "not-found", "\(path)")
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
        let wrong = try await bench.local("PUT", "jobs/1")
        #expect(wrong.status == 405 && wrong.headers["allow"] == "DELETE, GET, HEAD")
        let odd = try await bench.call("PROPFIND", "/healthz")
        #expect(odd.status == 405)
        try await bench.stop()
    }

    @Test("a sane request id is taken over, another is not")
    func requestID() async throws {
        let bench = try await APIBench.start()
        let given = try await bench.call("GET", "/healthz", headers: ["x-request-id": "a-b_c.1:2"])
        #expect(given.headers["x-request-id"] == "a-b_c.1:2")
        for id in ["a b", "<script>", String(repeating: "x", count: 129)] {
            let answer = try await bench.call("GET", "/nothing", headers: ["x-request-id": id])
            let made = try #require(answer.headers["x-request-id"])
            #expect(made != id && made.count == 32)
            #expect(answer.json["request_id"].string == made)
        }
        try await bench.stop()
    }

    @Test("header fields beyond the limits are answered 431, nonsense 400")
    func headers() async throws {
        let bench = try await APIBench.start()
        let start = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
        let long = String(repeating: "x", count: APILimits.headerFieldBytes + 1)
        let many = (0...APILimits.headerFields).map { "x-\($0): 1\r\n" }.joined()
        for fields in ["x-long: \(long)\r\n", many] {
            let answer = try await bench.client.raw(Array((start + fields + "\r\n").utf8))
            #expect(answer.status == 431 && answer.problem == "headers-too-large")
            #expect(answer.headers["x-request-id"]?.count == 32)
        }
        for nonsense in ["hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", start + "no colon\r\n\r\n"] {
            let answer = try await bench.client.raw(Array(nonsense.utf8))
            #expect(answer.status == 400 && answer.problem == "malformed-request", "\(nonsense)")
        }
        let path = "/" + String(repeating: "x", count: APILimits.targetBytes)
        let answer = try await bench.client.send("GET", path)
        #expect(answer.status == 414)
        try await bench.stop()
    }

    @Test("two requests on one connection, the second malformed, are answered in order")
    func pipelined() async throws {
        let bench = try await APIBench.start()
        let port = bench.port
        let text = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n")
            return String(decoding: socket.readAll(), as: UTF8.self)
        }
        let first = try #require(text.firstRange(of: "200 OK"))
        let second = try #require(text.firstRange(of: "400 Bad Request"))
        #expect(first.lowerBound < second.lowerBound)
        try await bench.stop()
    }

    @Test("long answers are compressed for those who can read them")
    func gzip() async throws {
        let bench = try await APIBench.start()
        let plain = try await bench.call("GET", "/openapi.json")
        let packed = try await bench.call(
            "GET", "/openapi.json", headers: ["accept-encoding": "gzip"])
        #expect(packed.headers["content-encoding"] == "gzip")
        #expect(packed.body.starts(with: [0x1f, 0x8b]))
        #expect(packed.body.count * 3 < plain.body.count)
        #expect(plain.headers["vary"] == "accept-encoding")
        let short = try await bench.call("GET", "/healthz", headers: ["accept-encoding": "gzip"])
        #expect(short.headers["content-encoding"] == nil)
        try await bench.stop()
    }

    @Test("bodies must be JSON, of the right shape, and not too large")
    func bodies() async throws {
        let bench = try await APIBench.start {
            $0.connect = { _ in
                ConnectedRepository(id: 1, webhookSecret: "s")
            }
        }
        let path = "repositories"
        let type = try await bench.local(
            "POST", path, headers: ["content-type": "text/plain"], json: "{}")
        #expect(type.status == 415)
        for (body, detail) in [
            ("", "empty"), ("{", "JSON"), ("[]", "type"), ("{}", "'url' is missing"),
            ("{\"url\":1}", "'url'"), ("{\"url\":\"\"}", "'url' must have"),
            ("{\"url\":\"x\",\"provider\":\"svn\"}", "'provider'"),
            ("{\"url\":\"x\",\"credentials\":{}}", "credentials"),
            ("{\"url\":\"a\\u0000\"}", "NUL"),
        ] {
            let answer = try await bench.local("POST", path, json: body)
            #expect(
                answer.status == 400 && answer.detail.contains(detail), "\(body) \(answer.text)")
        }
        let large = "{\"url\":\"\(String(repeating: "x", count: APILimits.bodyBytes))\"}"
        let answer = try await bench.local("POST", path, json: large)
        #expect(answer.status == 413)
        try await bench.stop()
    }

    @Test("the log names the route, and never what was asked")
    func log() async throws {
        let log = LogKeeper()
        let bench = try await APIBench.start(log: log)
        try await bench.local("GET", "search?q=topsecretquery")
        try await bench.call(
            "POST", "/webhooks/github",
            headers: [
                "authorization": "topsecrettoken",
                "x-hub-signature-256": "sha256=" + String(repeating: "0a", count: 32),
            ],
            json: "{\"a\":\"topsecretbody\"}")
        try await bench.stop()
        let text = log.lines.joined(separator: "\n")
        #expect(text.contains("/v1/workspaces/{w}/search"))
        #expect(text.contains("request_id") && text.contains("duration_ms"))
        #expect(!text.contains("topsecret"))
    }
}
