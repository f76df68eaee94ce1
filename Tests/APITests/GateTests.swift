import GitdexTesting
import Testing

@testable import API

@Suite("Who may come in", .serialized)
struct GateTests {
    @Test(
        "names of this machine",
        arguments: [
            "localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "127.9.9.9", "[::1]",
            "[::1]:8080",
        ])
    func loopback(host: String) {
        #expect(Gatekeeper.isLoopback(host))
    }

    @Test(
        "names of other machines",
        arguments: [
            "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
            "127.0.0.1:80:80",
            "127.0.0.1@evil.example", "0.0.0.0", "128.0.0.1", "[::2]", "127.0.0.1:8a", "127.1",
            "xlocalhost", "127.0.0.256",
        ])
    func foreign(host: String) {
        #expect(!Gatekeeper.isLoopback(host))
    }

    @Test("a request under a foreign name is refused, whatever it asks for")
    func rebinding() async throws {
        let bench = try await APIBench.start()
        for path in ["/healthz", "/v1/workspaces/local/status", "/nothing"] {
            let answer = try await bench.call("GET", path, headers: ["host": "evil.example"])
            #expect(answer.status == 421 && answer.problem == "foreign-host")
        }
        let ours = try await bench.call("GET", "/healthz", headers: ["host": "localhost"])
        #expect(ours.status == 200)
        try await bench.stop()
    }

    @Test(
        "another site's page changes nothing",
        arguments: [
            ["origin": "http://evil.example"], ["origin": "null"], ["sec-fetch-site": "cross-site"],
            ["sec-fetch-site": "same-site"], ["origin": "http://127.0.0.1:1"],
        ])
    func crossSite(headers: [String: String]) async throws {
        let bench = try await APIBench.start()
        let id = try await bench.enqueue(["1 refs/heads/main"])[0]
        let refused = try await bench.local("DELETE", "jobs/\(id)", headers: headers)
        #expect(refused.status == 403 && refused.problem == "foreign-origin")
        let own = [
            "origin": "http://127.0.0.1:\(bench.port)", "sec-fetch-site": "same-origin",
        ]
        let allowed = try await bench.local("DELETE", "jobs/\(id)", headers: own)
        #expect(allowed.status == 200)
        try await bench.stop()
    }

    @Test("another workspace is not there")
    func otherWorkspace() async throws {
        let bench = try await APIBench.start()
        let answer = try await bench.call("GET", "/v1/workspaces/other/status")
        #expect(answer.status == 404)
        try await bench.stop()
    }
}
