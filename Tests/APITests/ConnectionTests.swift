import GitdexTesting
import Synchronization
import Testing

@testable import API

@Suite("A connection stays readable, whatever is asked on it", .serialized, .timeLimit(.minutes(3)))
struct ConnectionTests {
    @Test("HEAD has no content, whatever the answer would be")
    func head() async throws {
        let bench = try await APIBench.start()
        let port = bench.port
        let paths = [
            "/healthz", "/nothing", "/openapi.json", "/v1/workspaces/local/jobs/1", "/metrics",
            "/v1/workspaces/local/search", "/v1/workspaces/local/events", "/readyz",
        ]
        let text = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            for path in paths {
                for encoding in ["identity", "gzip"] {
                    socket.write(
                        "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n"
                            + "Accept-Encoding: \(encoding)\r\n\r\n")
                }
            }
            socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return String(decoding: socket.readAll(), as: UTF8.self)
        }
        let parts = text.split(separator: "\r\n\r\n")
        #expect(parts.count == 2 * paths.count + 2, "\(text)")
        #expect(parts.dropLast().allSatisfy { $0.hasPrefix("HTTP/1.1 ") })
        #expect(parts.last?.contains("\"ok\"") == true)
        try await bench.stop()
    }

    @Test("there must be one Host, and no more")
    func host() async throws {
        let bench = try await APIBench.start()
        for fields in ["", "Host: localhost\r\nHost: localhost\r\n"] {
            let request = "GET /healthz HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n"
            let answer = try await bench.client.raw(Array(request.utf8))
            #expect(answer.status == 400 && answer.problem == "malformed-request", "\(fields)")
        }
        try await bench.stop()
    }

    @Test("who sends all of a body that is too large before reading learns so")
    func tooLarge() async throws {
        let bench = try await APIBench.start()
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 24 << 20)
        let answer = try await bench.client.send(
            "POST", "/v1/workspaces/local/repositories",
            headers: ["content-type": "application/json"], body: body)
        #expect(answer.status == 413)
        let unsigned = try await bench.client.send("POST", "/webhooks/github", body: body)
        #expect(unsigned.status == 401 || unsigned.status == 503, "\(unsigned.status)")
        try await bench.stop()
    }

    @Test("header fields that do not come are not waited for")
    func halfARequest() async throws {
        let bench = try await APIBench.start()
        let answer = try await bench.client.raw(Array("GET /healthz HTTP/1.1\r\nHost: l".utf8))
        #expect(answer.status == 408 && answer.problem == "header-timeout")
        try await bench.stop()
    }

    @Test("the time limit holds for what cannot be cancelled")
    func stuck() async throws {
        let held = Held()
        var times = RequestTimes()
        times.request = .milliseconds(300)
        let bench = try await APIBench.start(times: times) {
            $0.connect = { _ in
                await held.wait()
                return ConnectedRepository(id: 1, webhookSecret: "s")
            }
        }
        let answer = try await bench.local("POST", "repositories", json: "{\"url\":\"/x\"}")
        #expect(answer.status == 504 && answer.problem == "timeout")
        held.release()
        try await bench.stop()
    }

    /// Work that waits for a signal and for nothing else.
    private final class Held: Sendable {
        private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

        func wait() async {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0.append(continuation) }
            }
        }

        func release() {
            for continuation in waiting.withLock({ $0 }) { continuation.resume() }
        }
    }
}
