import GitdexTesting
import Testing

@testable import API

@Suite("What browsers are told", .serialized)
struct BrowserProtectionTests {
    @Test("every answer says that it is data, and may not be framed, sniffed or followed back")
    func headers() async throws {
        let bench = try await APIBench.start()
        for path in ["/healthz", "/nothing", "/openapi.json", "/v1/workspaces/other/status"] {
            let headers = try await bench.call("GET", path).headers
            #expect(
                headers["content-security-policy"]
                    == "default-src 'none'; frame-ancestors 'none'", "\(path)")
            #expect(headers["x-content-type-options"] == "nosniff")
            #expect(headers["x-frame-options"] == "DENY")
            #expect(headers["referrer-policy"] == "no-referrer")
            #expect(headers["cross-origin-resource-policy"] == "same-origin")
            #expect(headers["strict-transport-security"] == nil)
            #expect(headers["access-control-allow-origin"] == nil)
        }
        try await bench.stop()
        var edges = EdgeRules()
        edges.publicURL = "https://code.example"
        let secure = try await APIBench.start(edges: edges)
        #expect(
            try await secure.call("GET", "/healthz").headers["strict-transport-security"]
                == "max-age=31536000")
        try await secure.stop()
    }

    @Test("the page and its parts are served, with nothing inline and nothing from elsewhere")
    func page() async throws {
        let bench = try await APIBench.start()
        let page = try await bench.call("GET", "/ui")
        #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
        let policy = try #require(page.headers["content-security-policy"])
        #expect(policy.contains("script-src 'self'") && policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(!page.text.contains("<script>") && !page.text.contains("style="))
        #expect(!page.text.contains(" onclick") && !page.text.contains("http"))
        for (path, type) in [("/ui/app.js", "text/javascript"), ("/ui/style.css", "text/css")] {
            let part = try await bench.call("GET", path)
            #expect(part.status == 200 && part.headers["content-type"]?.hasPrefix(type) == true)
            #expect(!part.text.contains("http://") && !part.text.contains("https://cdn"))
        }
        let script = try await bench.call("GET", "/ui/app.js").text
        for sink in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
            #expect(!script.contains(sink))
        }
        try await bench.stop()
    }

    @Test("no other origin is let in, unless it is on the list")
    func origins() async throws {
        var edges = EdgeRules()
        edges.corsOrigins = ["https://code.example"]
        let bench = try await APIBench.start(hasAccounts: true, edges: edges)
        func ask(_ origin: String, _ method: String = "OPTIONS") async throws -> HTTPAnswer {
            try await bench.client.send(
                method, "/v1/auth/me",
                headers: [
                    "origin": origin, "access-control-request-method": "GET",
                    "access-control-request-headers": "authorization",
                ])
        }
        let allowed = try await ask("https://code.example")
        #expect(allowed.status == 204)
        #expect(allowed.headers["access-control-allow-origin"] == "https://code.example")
        #expect(allowed.headers["access-control-allow-headers"]?.contains("Authorization") == true)
        #expect(allowed.headers["access-control-allow-credentials"] == nil)
        #expect(allowed.headers["vary"]?.contains("origin") == true)
        for origin in [
            "https://evil.example", "https://code.example.evil.example", "null", "*",
            "http://code.example", "https://code.example:8443", "https://xcode.example",
        ] {
            for method in ["OPTIONS", "GET"] {
                let answer = try await ask(origin, method)
                #expect(answer.status != 204, "\(origin)")
                #expect(answer.headers["access-control-allow-origin"] == nil, "\(origin)")
                #expect(answer.headers["vary"]?.contains("origin") == true)
            }
        }
        let read = try await ask("https://code.example", "GET")
        #expect(read.status == 401)
        #expect(read.headers["access-control-allow-origin"] == "https://code.example")
        #expect(read.headers["access-control-expose-headers"]?.contains("X-Request-ID") == true)
        try await bench.stop()
    }
}
