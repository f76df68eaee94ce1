import Foundation
import Synchronization
import Threads

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server that answers each request with the bytes that a test says, and remembers what it got.
///
/// It answers on one thread, one connection after another, and keeps a connection for as many
/// requests as come on it unless the answer says `connection: close`.
final class ScriptedServer: Sendable {
    /// What it answers, and whether it closes the connection then.
    struct Reply: Sendable {
        var bytes: [UInt8]
        var closes: Bool

        /// An answer with its length.
        init(
            _ status: String = "200 OK", _ fields: [String] = [], body: [UInt8] = [],
            closes: Bool = false
        ) {
            let head = ["HTTP/1.1 " + status, "content-length: \(body.count)"] + fields + ["", ""]
            bytes = Array(head.joined(separator: "\r\n").utf8) + body
            self.closes = closes
        }

        /// Bytes as they are, after which the connection is closed.
        init(raw: String) {
            bytes = Array(raw.utf8)
            closes = true
        }
    }

    let port: Int
    private let descriptor: Int32
    private let requests = Mutex<[String]>([])
    private let connections = Mutex(0)
    private let thread = SerialThread(name: "scripted-server")

    /// The requests it got, head and body, in order.
    var seen: [String] { requests.withLock { $0 } }
    /// How many connections were made to it.
    var connectionCount: Int { connections.withLock { $0 } }

    init(_ reply: @escaping @Sendable (String) -> Reply) throws {
        #if canImport(Glibc)
            let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let listening = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, size)
                listen(listening, 16)
                getsockname(listening, $0, &size)
            }
        }
        port = Int(in_port_t(bigEndian: address.sin_port))
        descriptor = listening
        let serve = serve
        thread.submit {
            while true {
                let connection = accept(listening, nil, nil)
                guard connection >= 0 else { break }
                serve(connection, reply)
                close(connection)
            }
            // Not before: the number would be another server's while this one still asks for it.
            close(listening)
        }
        thread.stop()
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Serves a connection until its end; does not hold the server.
    private var serve: @Sendable (Int32, @Sendable (String) -> Reply) -> Void {
        { [weak self] connection, reply in
            self?.connections.withLock { $0 += 1 }
            var bytes: [UInt8] = []
            while let request = Self.nextRequest(connection, &bytes) {
                self?.requests.withLock { $0.append(request) }
                let answer = reply(request)
                var rest = answer.bytes[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes {
                        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard count > 0 else { return }
                    rest = rest.dropFirst(count)
                }
                if answer.closes { return }
            }
        }
    }

    private static func nextRequest(_ connection: Int32, _ bytes: inout [UInt8]) -> String? {
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length =
                    head.split(separator: "\r\n").first {
                        $0.lowercased().hasPrefix("content-length:")
                    }.flatMap { Int($0.dropFirst("content-length:".count).filter(\.isNumber)) } ?? 0
                if bytes.count >= end.upperBound + length {
                    let whole = String(
                        decoding: bytes[..<(end.upperBound + length)], as: UTF8.self)
                    bytes.removeFirst(end.upperBound + length)
                    return whole
                }
            }
            var piece = [UInt8](repeating: 0, count: 16_384)
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes += piece[..<count]
        }
    }
}
