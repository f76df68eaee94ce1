import Foundation
import Threads

/// Speaks HTTP over a socket of its own, so that nothing between can tidy up what is sent.
package struct HTTPClient: Sendable {
    package let port: Int

    /// Speaks to a server of this machine.
    package init(port: Int) { self.port = port }

    /// Sends one request on a connection of its own.
    package func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> HTTPAnswer {
        var fields = ["host": "127.0.0.1:\(port)", "connection": "close"]
        if let body { fields["content-length"] = String(body.count) }
        fields.merge(headers) { $1 }
        var head = "\(method) \(path) HTTP/1.1\r\n"
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            head += "\(name): \(value)\r\n"
        }
        return try await raw(Array((head + "\r\n").utf8) + (body ?? []))
    }

    /// Sends bytes and reads until the server closes.
    package func raw(_ bytes: [UInt8]) async throws -> HTTPAnswer {
        let port = port
        return try await Self.blocking {
            let socket = try ClientSocket(port: port)
            socket.write(bytes)
            guard let answer = HTTPAnswer(socket.readAll()) else {
                throw HTTPFailure(description: "the server sent no answer")
            }
            return answer
        }
    }

    /// Runs what blocks on a thread of its own, since the server shares Swift's.
    package static func blocking<R: Sendable>(
        _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        let thread = SerialThread(name: "test-client")
        defer { thread.stop() }
        return try await thread.run(body)
    }
}
