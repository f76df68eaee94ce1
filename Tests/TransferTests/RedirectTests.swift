import Testing
import Transfer

@Suite("A request that is sent on carries no secret to another host", .timeLimit(.minutes(2)))
struct RedirectTests {
    private func client(private allowed: Bool = true) -> HTTPClient {
        var options = TransferOptions()
        options.allowsPrivateAddresses = allowed
        return HTTPClient(options: options)
    }

    private func code(_ request: HTTPRequest, _ client: HTTPClient) -> TransferError.Code? {
        do {
            _ = try client.send(request)
            return nil
        } catch {
            return error.code
        }
    }

    private static let secrets: HTTPHeaders = [
        "Authorization": "Bearer secret", "Cookie": "a=secret", "x-plain": "open",
    ]

    @Test("on the same host it keeps its fields")
    func same() throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("GET /a ") ? .init("302 Found", ["Location: /b?c"]) : .init()
        }
        let answer = try client().send(
            HTTPRequest(.get, server.url + "/a", headers: Self.secrets))
        #expect(answer.url == server.url + "/b?c")
        #expect(server.seen.last?.contains("Bearer secret") == true)
        #expect(server.seen.last?.hasPrefix("GET /b?c ") == true)
    }

    @Test("to another port it leaves what holds credentials", arguments: [301, 302, 303, 307, 308])
    func other(_ status: Int) throws {
        let second = try ScriptedServer { _ in .init() }
        let target = second.url + "/x"
        let first = try ScriptedServer { _ in .init("\(status) Moved", ["Location: " + target]) }
        let answer = try client().send(HTTPRequest(.get, first.url, headers: Self.secrets))
        #expect(answer.url == target)
        let seen = try #require(second.seen.first)
        #expect(!seen.contains("secret"))
        #expect(seen.contains("open"))
        #expect(first.seen.first?.contains("Bearer secret") == true)
    }

    @Test("what was sent along goes to no other host")
    func bodies() throws {
        let second = try ScriptedServer { _ in .init() }
        let target = second.url
        for status in ["307 Temporary Redirect", "308 Permanent Redirect"] {
            let first = try ScriptedServer { _ in .init(status, ["Location: " + target]) }
            let request = HTTPRequest(.post, first.url, body: Array("client_secret=x".utf8))
            #expect(code(request, client()) == .refusedRedirect)
            #expect(first.seen.count == 1)
        }
        #expect(second.seen.isEmpty)
    }

    @Test("after a form the new place is read, without what was sent")
    func forms() throws {
        let server = try ScriptedServer { request in
            request.hasPrefix("POST ") ? .init("303 See Other", ["Location: /done"]) : .init()
        }
        _ = try client().send(HTTPRequest(.post, server.url, body: Array("a=b".utf8)))
        #expect(server.seen.last?.hasPrefix("GET /done ") == true)
        #expect(server.seen.last?.contains("a=b") == false)
    }

    @Test("a circle ends, and so does a step to a scheme that is not HTTP")
    func circles() throws {
        let circle = try ScriptedServer { _ in .init("302 Found", ["Location: /again"]) }
        #expect(code(HTTPRequest(.get, circle.url), client()) == .refusedRedirect)
        #expect(circle.seen.count == 6)
        for place in ["file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/"] {
            let server = try ScriptedServer { _ in .init("302 Found", ["Location: " + place]) }
            #expect(code(HTTPRequest(.get, server.url), client()) == .invalidRequest)
            #expect(server.seen.count == 1)
        }
    }

    @Test("who does not want to be sent on gets the answer as it is")
    func unfollowed() throws {
        let server = try ScriptedServer { _ in .init("301 Moved", ["Location: /b"]) }
        var request = HTTPRequest(.get, server.url)
        request.followsRedirects = false
        #expect(try client().send(request).status == 301)
        #expect(server.seen.count == 1)
    }

    @Test(
        "an address of a private network is not spoken to, however it is written",
        arguments: [
            "127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0.0.0.0", "[::1]",
            "[::ffff:127.0.0.1]", "LOCALHOST",
        ])
    func guarded(_ host: String) throws {
        let server = try ScriptedServer { _ in .init() }
        let request = HTTPRequest(.get, "http://\(host):\(server.port)/")
        #expect(code(request, client(private: false)) == .privateAddress)
        #expect(server.connectionCount == 0)
    }
}
