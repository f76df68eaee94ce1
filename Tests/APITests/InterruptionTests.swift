import GitdexTesting
import Testing

@testable import API

@Suite("Requests that end early", .serialized)
struct InterruptionTests {
    private static let path = "/v1/workspaces/local/repositories"
    private static let waiting = """
        SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database()
            AND wait_event_type = 'Lock'
        """

    @Test("a request that takes too long is answered 504, and its statement is cancelled")
    func limit() async throws {
        var times = RequestTimes()
        times.request = .milliseconds(300)
        let bench = try await APIBench.start(times: times)
        let lock = try HeldTable("repositories", of: bench.database)
        let answer = try await bench.call("GET", Self.path)
        #expect(answer.status == 504 && answer.problem == "timeout")
        try await Self.wait(bench, until: "0")
        try lock.release()
        try await bench.stop()
    }

    @Test("when the client goes, the database stops working for it")
    func disconnect() async throws {
        let bench = try await APIBench.start()
        let lock = try HeldTable("repositories", of: bench.database)
        let port = bench.port
        let socket = try await HTTPClient.blocking {
            let socket = try ClientSocket(port: port)
            socket.write("GET \(Self.path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return socket
        }
        try await Self.wait(bench, until: "1")
        try await Self.close(socket)
        try await Self.wait(bench, until: "0")
        try lock.release()
        try await bench.stop()
    }

    @Test("a server that stops answers what it has begun")
    func stop() async throws {
        let bench = try await APIBench.start()
        let lock = try HeldTable("repositories", of: bench.database)
        let request = Task { try await bench.call("GET", Self.path) }
        try await Self.wait(bench, until: "1")
        let stopping = Task { try await bench.stop() }
        try lock.release()
        let answer = try await request.value
        #expect(answer.status == 200)
        try await stopping.value
        await #expect(throws: (any Error).self) { try await bench.call("GET", "/healthz") }
    }

    /// Takes the last reference, which closes the socket.
    private static func close(_ socket: consuming ClientSocket) async throws {
        _ = consume socket
    }

    private static func wait(_ bench: APIBench, until count: String) async throws {
        for _ in 0..<3000 {
            if try bench.database.column(Self.waiting) == [count] { return }
            await Task.yield()
        }
        Issue.record("never \(count) statements that wait")
    }
}
