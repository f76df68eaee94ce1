import GitdexTesting
import HTTPTypes
import Synchronization
import Testing

@testable import API

@Suite("Deliveries come in", .serialized)
struct WebhookRouteTests {
    /// A signature in its form; whether it fits is for the receiver to say.
    private static let signature = "sha256=" + String(repeating: "0a", count: 32)
    private static let signed = ["x-hub-signature-256": signature]

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
            headers: [
                "X-GitHub-Event": "push", "content-type": "application/json",
                "X-Hub-Signature-256": Self.signature,
            ], body: body)
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
        let answer = try await bench.call(
            "POST", "/webhooks/github", headers: Self.signed, json: "{}")
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
        let taken = try await bench.client.send(
            "POST", "/webhooks/github", headers: Self.signed, body: full)
        #expect(taken.status == 200)
        #expect(received.last.withLock { $0?.body.count } == full.count)
        received.last.withLock { $0 = nil }
        let announced = try await bench.client.send(
            "POST", "/webhooks/github", headers: Self.signed, body: full + [32])
        #expect(announced.status == 413 && announced.problem == "body-too-large")
        let size = String(full.count + 1, radix: 16)
        let chunked = try await bench.client.raw(
            Array(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\nx-hub-signature-256: \(Self.signature)\r\ntransfer-encoding: chunked\r\n\r\n\(size)\r\n"
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
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\nx-hub-signature-256: \(Self.signature)\r\ncontent-length: 9\r\n\r\n{"
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
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\nx-hub-signature-256: \(Self.signature)\r\ncontent-length: 2\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
            )
            let first = socket.read(until: "\r\n\r\n")
            socket.write("{}")
            return first + String(decoding: socket.readAll(), as: UTF8.self)
        }
        #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        #expect(text.contains("HTTP/1.1 200 OK"))
        try await bench.stop()
    }

    @Test(
        "without a signature in its form no body is read",
        arguments: [
            "", "x-hub-signature-256: sha256=00\r\n",
            "x-hub-signature-256: sha1=\(String(repeating: "0a", count: 32))\r\n",
            "x-hub-signature-256: sha256=\(String(repeating: "0x", count: 32))\r\n",
            "x-hub-signature-256: \(signature)\r\nx-hub-signature-256: \(signature)\r\n",
        ])
    func unsigned(header: String) async throws {
        let bench = try await APIBench.start { $0.receiveDelivery = { _ in .duplicate } }
        // The body never comes: only a server that does not wait for it answers.
        let answer = try await bench.client.raw(
            Array(
                "POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\n\(header)content-length: 9\r\n\r\n"
                    .utf8))
        #expect(answer.status == 401 && answer.headers["www-authenticate"] == "Signature")
        #expect(answer.headers["connection"] == "close")
        try await bench.stop()
    }

    @Test("bodies share a budget, and what is given back is free again")
    func budget() throws {
        let budget = ByteBudget(limit: 10)
        try budget.take(6)
        #expect {
            try budget.take(5)
        } throws: { error in
            let problem = error as? Problem
            return problem?.kind == .overloaded && problem?.headers[.retryAfter] != nil
        }
        budget.giveBack(6)
        try budget.take(10)
        #expect(budget.taken == 10)
    }
}
