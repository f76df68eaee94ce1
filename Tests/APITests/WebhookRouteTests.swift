import GitdexTesting
import Synchronization
import Testing

@testable import API

@Suite("Deliveries come in", .serialized)
struct WebhookRouteTests {
    /// What the receiver was given.
    private final class Received: Sendable {
        let last = Mutex<WebhookRequest?>(nil)
    }

    @Test("the receiver gets the bytes and the fields as they were sent")
    func bytes() async throws {
        let received = Received()
        let bench = try await APIBench.start { services in
            services.receiveDelivery = { request in
                received.last.withLock { $0 = request }
                return .accepted(jobs: 2)
            }
        }
        let body: [UInt8] = Array("{ \"ä\" : 1 }\r\n".utf8) + [0, 255]
        let answer = try await bench.client.send(
            "POST", "/webhooks/github",
            headers: ["X-GitHub-Event": "push", "content-type": "application/json"], body: body)
        #expect(answer.status == 202)
        #expect(answer.json["outcome"].string == "accepted" && answer.json["jobs"].int == 2)
        let request = try #require(received.last.withLock { $0 })
        #expect(request.body == body)
        #expect(request.headers["x-github-event"] == "push")
        try await bench.stop()
    }

    @Test(
        "every outcome has its status",
        arguments: [
            (WebhookAnswer.duplicate, 200), (.ignored, 204), (.unauthorized, 401),
            (.unreadable("no JSON"), 400), (.unavailable, 503),
        ])
    func outcomes(outcome: WebhookAnswer, status: Int) async throws {
        let bench = try await APIBench.start { $0.receiveDelivery = { _ in outcome } }
        let answer = try await bench.call("POST", "/webhooks/github", json: "{}")
        #expect(answer.status == status)
        if case .unreadable(let why) = outcome { #expect(answer.detail == why) }
        try await bench.stop()
    }

    @Test("25 MB are taken, one byte more is not, announced or not")
    func limit() async throws {
        let received = Received()
        let bench = try await APIBench.start { services in
            services.receiveDelivery = { request in
                received.last.withLock { $0 = request }
                return .duplicate
            }
        }
        let full = [UInt8](repeating: 32, count: 25 * 1024 * 1024)
        let taken = try await bench.client.send("POST", "/webhooks/github", body: full)
        #expect(taken.status == 200)
        #expect(received.last.withLock { $0?.body.count } == full.count)
        received.last.withLock { $0 = nil }
        let announced = try await bench.client.send("POST", "/webhooks/github", body: full + [32])
        #expect(announced.status == 413 && announced.problem == "body-too-large")
        let size = String(full.count + 1, radix: 16)
        let chunked = try await bench.client.raw(
            Array(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n\(size)\r\n"
                    .utf8) + full + [32] + Array("\r\n0\r\n\r\n".utf8))
        #expect(chunked.status == 413)
        #expect(received.last.withLock { $0 == nil })
        try await bench.stop()
    }

    @Test("a body that comes too slowly is given up")
    func slow() async throws {
        var times = RequestTimes()
        times.body = .milliseconds(200)
        let bench = try await APIBench.start(times: times) {
            $0.receiveDelivery = { _ in .duplicate }
        }
        let answer = try await bench.client.raw(
            Array(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{"
                    .utf8))
        #expect(answer.status == 408 && answer.problem == "body-timeout")
        #expect(answer.headers["connection"] == "close")
        try await bench.stop()
    }

    @Test("a client that waits to be asked for its body is asked")
    func expectation() async throws {
        let bench = try await APIBench.start { $0.receiveDelivery = { _ in .duplicate } }
        let port = bench.port
        let text = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
            )
            let first = socket.read(until: "\r\n\r\n")
            socket.write("{}")
            return first + String(decoding: socket.readAll(), as: UTF8.self)
        }
        #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        #expect(text.contains("HTTP/1.1 200 OK"))
        try await bench.stop()
    }
}
