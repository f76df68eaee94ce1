import GitdexTesting
import Testing

@testable import API

@Suite("Events as they happen", .serialized)
struct EventRouteTests {
    private static let path = "/v1/workspaces/local/events"

    @Test("a job's event comes at once, and a client goes on where it was")
    func resume() async throws {
        let bench = try await APIBench.start()
        let port = bench.port
        let socket = try await Self.open(port)
        // The stream begins after the last event that the server saw when it answered.
        let start = try await Self.read(socket, until: "retry: ")
        #expect(start.lowercased().contains("content-type: text/event-stream"))
        let first = try await bench.enqueue(["first"])[0]
        let text = try await Self.read(socket, until: "\"id\": \(first)")
        #expect(text.contains("event: job"))
        let id = try #require(text.firstMatch(of: /id: (\d+)\nevent: job/).map { String($0.1) })
        let missed = try await bench.enqueue(["second", "third"])
        let again = try await Self.open(port, fields: "Last-Event-ID: \(id)\r\n")
        let rest = try await Self.read(again, until: "\"id\": \(missed[1])")
        #expect(rest.contains("\"id\": \(missed[0])"))
        #expect(!rest.contains("\"id\": \(first)"))
        try await bench.stop()
    }

    @Test("a stream ends after a while where people come and go, so that nobody hears on for ever")
    func lifetime() async throws {
        var times = RequestTimes()
        times.eventStream = .milliseconds(50)
        let bench = try await APIBench.start(hasAccounts: true, times: times)
        let person = try await bench.person("ada")
        let workspace = try await bench.workspace(of: person)
        let port = bench.port
        let text = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write(
                """
                GET /v1/workspaces/\(workspace)/events HTTP/1.1\r
                host: localhost\r
                authorization: Bearer \(person.accessToken)\r
                connection: close\r
                \r

                """)
            return String(decoding: socket.readAll(), as: UTF8.self)
        }
        #expect(text.hasPrefix("HTTP/1.1 200") && text.hasSuffix("0\r\n\r\n"))
        try await bench.stop()
    }

    @Test("silence is broken by comments")
    func heartbeat() async throws {
        var times = RequestTimes()
        times.heartbeat = .milliseconds(50)
        let bench = try await APIBench.start(times: times)
        let socket = try await Self.open(bench.port)
        let text = try await Self.read(socket, until: ":\n\n")
        #expect(text.contains(":\n\n"))
        try await bench.stop()
    }

    @Test("streams end when the server stops")
    func stop() async throws {
        let bench = try await APIBench.start()
        let socket = try await Self.open(bench.port)
        _ = try await Self.read(socket, until: "retry")
        try await bench.stop()
        let rest = try await HTTPClient.blocking { socket.readAll() }
        #expect(String(decoding: rest, as: UTF8.self).hasSuffix("0\r\n\r\n"))
    }

    @Test("a wrong Last-Event-ID is named")
    func wrong() async throws {
        let bench = try await APIBench.start()
        let answer = try await bench.call("GET", Self.path, headers: ["last-event-id": "x"])
        #expect(answer.status == 400 && answer.detail.contains("Last-Event-ID"))
        try await bench.stop()
    }

    /// Opens a stream, and waits until it has begun.
    private static func open(_ port: Int, fields: String = "") async throws -> ClientSocket {
        try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
            return socket
        }
    }

    private static func read(_ socket: ClientSocket, until text: String) async throws -> String {
        try await HTTPClient.blocking { socket.read(until: text) }
    }
}
