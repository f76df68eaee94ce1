import GitdexTesting
import HTTPTypes
import NIOCore
import Testing

@testable import API

@Suite("What clients send stays what it is: data", .serialized)
struct InjectionTests {
    private static let nasty = [
        "'", "''--", "'; DROP TABLE users; --", "1 OR 1=1", "\\", "%00", "%27%20OR%20%271%27=%271",
        "$1", "{w}", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "(a+)+$",
        "(?:(?:a*)*)*b", "[", "*", "\u{202e}gnp", "%0d%0aSet-Cookie:%20a=b", "%E2%80%A8",
        "<script>alert(1)</script>", "${jndi:ldap://x}", "-1", "9223372036854775808", "NaN", "null",
    ]

    @Test("through every parameter of every route: nothing fails, nothing is injected")
    func parameters() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let owner = try await bench.person("owner")
        let workspace = try await bench.workspace(of: owner)
        var tries = 0
        for route in AccessTests.routes(bench) where !route.path.hasSuffix("/events") {
            for parameter in route.operation.parameters where parameter.place != .header {
                for value in Self.nasty {
                    let path = Self.path(route, parameter, Self.escaped(value), workspace)
                    let answer = try await bench.client.send(
                        route.method.rawValue, path,
                        headers: owner.headers.merging(["content-type": "application/json"]) { $1 },
                        body: route.method == .get ? nil : Array("{}".utf8))
                    tries += 1
                    #expect(
                        (200..<500).contains(answer.status) || answer.status == 503,
                        "\(route.method) \(path): \(answer.status) \(answer.text)")
                    #expect(answer.headers["set-cookie"]?.hasPrefix("a=b") != true)
                    #expect(!answer.text.contains("root:"))
                }
            }
        }
        #expect(tries > 1000)
        #expect(try bench.database.column("SELECT count(*)::text FROM users") == ["1"])
        try await bench.stop()
    }

    @Test("through every member of every body")
    func bodies() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let owner = try await bench.person("owner")
        let workspace = try await bench.workspace(of: owner)
        let names = [
            "email", "password", "invitation", "refresh_token", "current", "new", "name", "role",
            "token", "url", "provider", "ref", "repository", "webhook_secret",
        ]
        for route in AccessTests.routes(bench) where route.operation.body?.count == 1 {
            // Hashing a password for each would take minutes, and says nothing about injection.
            guard !["login", "register", "changePassword"].contains(route.operation.id) else {
                continue
            }
            for value in Self.nasty + ["\u{0}", String(repeating: "x", count: 5000)] {
                let quoted = String(buffer: JSONText.encode(value))
                let body = "{" + names.map { "\"\($0)\":\(quoted)" }.joined(separator: ",") + "}"
                let answer = try await bench.client.send(
                    route.method.rawValue, Self.path(route, nil, "", workspace),
                    headers: owner.headers.merging(["content-type": "application/json"]) { $1 },
                    body: Array(body.utf8))
                #expect(
                    (200..<500).contains(answer.status) || answer.status == 503,
                    "\(route.path) \(body.prefix(60)): \(answer.status) \(answer.text)")
            }
        }
        try await bench.stop()
    }

    @Test("members that are not asked for change nothing")
    func massAssignment() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let owner = try await bench.person("owner")
        let more = """
            "id":"chosen","public_id":"chosen","user_id":1,"workspace_id":1,"role":"owner",
            "is_admin":true,"is_disabled":false,"email_verified":true,"scopes":["admin"]
            """
        let made = try await bench.call(
            "POST", "/v1/auth/register",
            json:
                "{\"email\":\"eve@example.org\",\"password\":\"\(APIBench.password)\",\(more)}")
        #expect(made.status == 201 && made.json["id"].string != "chosen")
        #expect(made.json.keys == ["created_at", "email", "id"])
        let workspace = try await bench.call(
            "POST", "/v1/workspaces", headers: owner.headers, json: "{\"name\":\"Shop\",\(more)}")
        #expect(workspace.status == 201 && workspace.json["id"].string != "chosen")
        let id = try #require(workspace.json["id"].string)
        let renamed = try await bench.call(
            "PATCH", "/v1/workspaces/\(id)", headers: owner.headers,
            json: "{\"name\":\"Other\",\(more)}")
        #expect(renamed.json["id"].string == id && renamed.json["name"].string == "Other")
        let key = try await bench.call(
            "POST", "/v1/workspaces/\(id)/keys", headers: owner.headers,
            json: "{\"name\":\"k\",\(more.replacing("\"admin\"]", with: "\"search\"]"))}")
        #expect(key.json["scopes"].elements.map(\.string) == ["search"])
        #expect(key.json["id"].string != "chosen" && key.json["user"].string == owner.id)
        try await bench.stop()
    }

    @Test("whoever knows no password does not learn who has an account")
    func enumeration() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        _ = try await bench.person("ada")
        func login(_ email: String, _ password: String) async throws -> HTTPAnswer {
            try await bench.call(
                "POST", "/v1/auth/login", headers: ["x-request-id": "same"],
                json: "{\"email\":\"\(email)\",\"password\":\"\(password)\"}")
        }
        let wrong = try await login("ada@example.org", "not the right one")
        let unknown = try await login("nobody@example.org", "not the right one")
        let nonsense = try await login("no address at all", "not the right one")
        #expect(wrong.status == 401)
        #expect(wrong.text == unknown.text && unknown.text == nonsense.text)
        let names = wrong.headers.keys.filter { !$0.hasPrefix("ratelimit") }.sorted()
        #expect(names == unknown.headers.keys.filter { !$0.hasPrefix("ratelimit") }.sorted())
        try await bench.stop()
    }

    @Test("more than is allowed is refused, whatever it is")
    func oversize() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let owner = try await bench.person("owner")
        let large = Array(
            "{\"name\":\"\(String(repeating: "x", count: APILimits.bodyBytes))\"}".utf8)
        let deep = Array(
            (String(repeating: "{\"a\":[", count: 5000) + "1"
                + String(repeating: "]}", count: 5000)).utf8)
        let workspace = try await bench.workspace(of: owner)
        for route in AccessTests.routes(bench) where route.operation.body?.count == 1 {
            let path = Self.path(route, nil, "", workspace)
            let headers = owner.headers.merging(["content-type": "application/json"]) { $1 }
            let tooLarge = try await bench.client.send(
                route.method.rawValue, path, headers: headers, body: large)
            #expect(tooLarge.status == 413, "\(path)")
            let tooDeep = try await bench.client.send(
                route.method.rawValue, path, headers: headers, body: deep)
            #expect(tooDeep.status == 400 && tooDeep.detail.contains("levels"), "\(path)")
        }
        #expect(JSONDepth.isWithin(2, Array("[{\"[[[[\\\"[[\":1}]".utf8)))
        #expect(!JSONDepth.isWithin(2, Array("[[[".utf8)))
        try await bench.stop()
    }

    @Test(
        "no path leads out of the page's three files or the index",
        arguments: [
            "/ui/../../etc/passwd", "/ui/%2e%2e/%2e%2e/etc/passwd", "/ui/..%2f..%2fetc%2fpasswd",
            "/ui/app.js/../../../etc/passwd", "/ui//etc/passwd", "/ui/app.js%00.html", "/ui/APP.JS",
            "/ui/.env", "//evil.example/ui", "/ui/../v1/workspaces",
            "/v1/workspaces/W/repositories/shop/files/../../../../etc/passwd",
            "/v1/workspaces/W/repositories/shop/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/v1/workspaces/W/repositories/..%2f/files/x",
        ])
    func traversal(path: String) async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let owner = try await bench.person("owner")
        let workspace = try await bench.workspace(of: owner)
        let answer = try await bench.client.send(
            "GET", path.replacing("/W/", with: "/\(workspace)/"), headers: owner.headers)
        #expect(answer.status == 404, "\(answer.status)")
        #expect(!answer.text.contains("root:") && answer.headers["location"] == nil)
        try await bench.stop()
    }

    private static func escaped(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "%"):
                String(UnicodeScalar(byte))
            default: "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
        }.joined()
    }

    /// A path of a route with a value in one of its parameters.
    private static func path(
        _ route: Route, _ parameter: Operation.Parameter?, _ value: String, _ workspace: String
    ) -> String {
        var path = route.path
        if let parameter, parameter.place == .path {
            path = path.replacing("{\(parameter.name)}", with: value)
        }
        path = path.replacing("{w}", with: workspace)
        for name in ["r", "j", "d", "m", "i", "k", "path"] {
            path = path.replacing("{\(name)}", with: "999")
        }
        var query = route.operation.parameters.filter { one in
            one.place == .query && one.isRequired && one.name != parameter?.name
        }.map { one in
            "\(one.name)=" + (one.name == "workspace" ? workspace : one.name == "line" ? "1" : "x")
        }
        if let parameter, parameter.place == .query { query.append("\(parameter.name)=\(value)") }
        return query.isEmpty ? path : path + "?" + query.joined(separator: "&")
    }
}
