import Foundation
import Testing
import Transfer

@Suite("A request over HTTP brings its answer", .timeLimit(.minutes(2)))
struct RequestTests {
    private var client: HTTPClient { HTTPClient(options: Self.options) }

    private static var options: TransferOptions {
        var options = TransferOptions()
        options.allowsPrivateAddresses = true
        return options
    }

    @Test("status, fields in any case, and body come as they were sent")
    func answer() throws {
        let server = try ScriptedServer { _ in
            .init("418 I'm a teapot", ["X-Thing: one", "x-thing: two"], body: Array("tea".utf8))
        }
        let answer = try client.send(HTTPRequest(.get, server.url + "/a?b=c#d"))
        #expect(answer.status == 418)
        #expect(answer.headers["X-THING"] == "one")
        #expect(answer.headers.fields.count { $0.name.lowercased() == "x-thing" } == 2)
        #expect(String(decoding: answer.body, as: UTF8.self) == "tea")
        #expect(server.seen.first?.hasPrefix("GET /a?b=c HTTP/1.1\r\n") == true)
    }

    @Test(
        "each method sends what it was given",
        arguments: [HTTPRequest.Method.post, .patch, .put, .delete])
    func methods(_ method: HTTPRequest.Method) throws {
        let server = try ScriptedServer { _ in .init() }
        let client = client
        _ = try client.send(
            HTTPRequest(
                method, server.url + "/x", headers: ["content-type": "text/plain"],
                body: Array("body of it".utf8)))
        // What one request said must not stick to the next on the same connection.
        _ = try client.send(HTTPRequest(.get, server.url + "/y"))
        let seen = server.seen
        #expect(seen.count == 2)
        #expect(seen[0].hasPrefix(method.rawValue + " /x HTTP/1.1\r\n"))
        #expect(seen[0].lowercased().contains("content-type: text/plain\r\n"))
        #expect(!seen[0].lowercased().contains("expect:"))
        #expect(seen[0].hasSuffix("\r\n\r\nbody of it"))
        #expect(seen[1].hasPrefix("GET /y HTTP/1.1\r\n"))
        #expect(!seen[1].lowercased().contains("content-"))
        #expect(server.connectionCount == 1)
    }

    @Test("an answer that is compressed counts by what it becomes")
    func compressed() throws {
        let bomb = try #require(Data(base64Encoded: Self.zeroes))
        let server = try ScriptedServer { _ in
            .init("200 OK", ["content-encoding: gzip"], body: Array(bomb))
        }
        var request = HTTPRequest(.get, server.url)
        #expect(try client.send(request).body.count == 300_000)
        request.maximumBodyBytes = 299_999
        #expect(code(request) == .tooLarge)
        #expect(server.seen.count == 2)
    }

    @Test("an answer with too many fields is refused")
    func heads() throws {
        let server = try ScriptedServer { _ in
            .init("200 OK", (0..<200).map { "x-\($0): " + String(repeating: "a", count: 1_000) })
        }
        #expect(code(HTTPRequest(.get, server.url)) == .tooLarge)
        #expect(server.seen.count == 1)
    }

    @Test("what goes wrong has a code of its own")
    func failures() throws {
        let cut = try ScriptedServer { _ in
            .init(raw: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc")
        }
        #expect(code(HTTPRequest(.get, cut.url)) == .cutOff)
        let mute = try ScriptedServer { _ in .init(raw: "") }
        #expect(code(HTTPRequest(.get, mute.url)) == .cutOff)
        #expect(cut.seen.count == 1 && !mute.seen.isEmpty)
        #expect(code(HTTPRequest(.get, "http://name.invalid/")) == .unreachable)
        let free = try ScriptedServer { _ in .init() }.port
        #expect(code(HTTPRequest(.get, "http://127.0.0.1:\(free)/")) == .unreachable)
    }

    @Test("a host that does not answer is given up in time")
    func silence() throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try ScriptedServer { _ in
            gate.wait()
            return .init()
        }
        defer { gate.signal() }
        var request = HTTPRequest(.get, server.url)
        request.timeoutMilliseconds = 200
        #expect(code(request) == .timedOut)
        #expect(server.seen.count == 1)
    }

    @Test("a task that is cancelled ends its request")
    func cancelled() async throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try ScriptedServer { _ in
            gate.wait()
            return .init()
        }
        defer { gate.signal() }
        let client = client
        let request = HTTPRequest(.get, server.url)
        let task = Task { try await client.send(request) }
        while server.seen.isEmpty { await Task.yield() }
        task.cancel()
        let result = await task.result
        #expect(throws: TransferError.self) { try result.get() }
        if case .failure(let error as TransferError) = result { #expect(error.code == .cancelled) }
    }

    @Test("a body is handed on while it comes, until the caller has enough")
    func streamed() throws {
        let server = try ScriptedServer { _ in
            .init(body: [UInt8](repeating: 7, count: 1_000_000))
        }
        var count = 0
        var status = 0
        let whole = try client.stream(
            HTTPRequest(.get, server.url),
            onHead: {
                status = $0.status
                return true
            }
        ) {
            count += $0.count
            return true
        }
        #expect(whole.status == 200 && status == 200 && count == 1_000_000)
        count = 0
        do {
            _ = try client.stream(HTTPRequest(.get, server.url)) {
                count += $0.count
                return false
            }
            Issue.record("the request went on")
        } catch {
            #expect(error.code == .cancelled)
        }
        #expect(count < 1_000_000 && server.seen.count == 2)
    }

    @Test(
        "what cannot be sent is refused before anything is",
        arguments: [
            "ftp://127.0.0.1/", "file:///etc/passwd", "http://user:secret@127.0.0.1/", "nonsense",
            "http://127.0.0.1/ a", "http://127.0.0.1\r\nx: y/", "gopher://127.0.0.1/_x", "http://",
        ])
    func urls(_ url: String) {
        #expect(code(HTTPRequest(.get, url)) == .invalidRequest)
    }

    @Test("a field cannot smuggle another one in")
    func injection() throws {
        let server = try ScriptedServer { _ in .init() }
        for headers: HTTPHeaders in [
            ["x-a": "b\r\nx-c: d"], ["x-a": "b\nx-c: d"], ["x-a\r\nx-c": "d"], ["x a": "b"],
            ["": "b"],
            ["x-a:": "b"],
        ] {
            #expect(code(HTTPRequest(.get, server.url, headers: headers)) == .invalidRequest)
        }
        #expect(server.seen.isEmpty)
    }

    private func code(_ request: HTTPRequest) -> TransferError.Code? {
        do {
            _ = try client.send(request)
            return nil
        } catch {
            return error.code
        }
    }

    /// 300,000 bytes of nothing, compressed.
    private static let zeroes = """
        H4sIAAAAAAACA+3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/Bj74rL24JMEAA==\

        """
}
