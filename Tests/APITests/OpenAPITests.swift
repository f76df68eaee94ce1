import Embedding
import GitdexTesting
import Hummingbird
import Logging
import NIOCore
import Postgres
import Testing

@testable import API

@Suite("The OpenAPI document is true", .serialized)
struct OpenAPITests {
    @Test("every route of the router stands in it, and the other way round")
    func routes() async throws {
        let bench = try await APIBench.start()
        let (table, authority) = Self.table(pool: bench.pool)
        let routed = Set(
            APIServer.router(table, authority).routes.map { route in
                "\(route.method) /"
                    + route.path.description.drop { $0 == "/" }
                    .replacing("**", with: "{path}")
            })
        var described: Set<String> = []
        for path in bench.document["paths"].keys {
            for method in bench.document["paths"][path].keys {
                described.insert("\(method.uppercased()) \(path)")
            }
        }
        #expect(routed == described)
        #expect(described.count == table.routes.count && described.count > 50)
        try await bench.stop()
    }

    @Test(
        "the contract's routes are there",
        arguments: [
            "POST /webhooks/github", "GET /healthz", "GET /readyz", "GET /metrics",
            "GET /openapi.json", "GET /v1/workspaces/{w}/repositories",
            "POST /v1/workspaces/{w}/repositories", "GET /v1/workspaces/{w}/repositories/{r}",
            "PATCH /v1/workspaces/{w}/repositories/{r}",
            "DELETE /v1/workspaces/{w}/repositories/{r}",
            "POST /v1/workspaces/{w}/repositories/{r}/index", "GET /v1/workspaces/{w}/jobs",
            "GET /v1/workspaces/{w}/jobs/{j}", "POST /v1/workspaces/{w}/jobs/{j}/retry",
            "DELETE /v1/workspaces/{w}/jobs/{j}", "GET /v1/workspaces/{w}/events",
            "GET /v1/workspaces/{w}/search", "POST /v1/auth/register", "POST /v1/auth/login",
            "POST /v1/auth/refresh", "POST /v1/auth/logout", "GET /v1/auth/me",
            "GET /v1/auth/github/start", "GET /v1/auth/github/callback", "GET /v1/workspaces",
            "POST /v1/workspaces", "GET /v1/workspaces/{w}", "PATCH /v1/workspaces/{w}",
            "DELETE /v1/workspaces/{w}", "GET /v1/workspaces/{w}/members",
            "GET /v1/workspaces/{w}/github/repositories", "POST /v1/workspaces/{w}/sync",
            "GET /v1/workspaces/{w}/sync", "GET /ui",
            "GET /v1/workspaces/{w}/repositories/{r}/files/{path}",
        ])
    func contract(route: String) async throws {
        let parts = route.split(separator: " ").map(String.init)
        let operation = Self.document["paths"][parts[1]][parts[0].lowercased()]
        #expect(operation["operationId"].string != nil)
        let named = Set(
            operation["parameters"].elements.filter { $0["in"].string == "path" }
                .compactMap { $0["name"].string })
        let inPath = Set(
            parts[1].split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) })
        #expect(named == inPath)
    }

    @Test("operations have names of their own, and references lead somewhere")
    func names() throws {
        var ids: [String] = []
        for path in Self.document["paths"].keys {
            for method in Self.document["paths"][path].keys {
                ids.append(Self.document["paths"][path][method]["operationId"].string ?? "")
            }
        }
        #expect(Set(ids).count == ids.count)
        for reference in Self.references(in: Self.document) {
            var target = Self.document
            for part in reference.dropFirst(2).split(separator: "/") {
                target = target[String(part)]
            }
            #expect(target != .null, "\(reference)")
        }
        #expect(Self.document["openapi"].string == "3.1.0")
    }

    @Test("the server serves it")
    func served() async throws {
        let bench = try await APIBench.start()
        let answer = try await bench.call("GET", "/openapi.json")
        #expect(answer.status == 200)
        #expect(answer.json == bench.document)
        try await bench.stop()
    }

    private static func table(pool: Pool) -> (RouteTable, Authority) {
        let services = APIServices(
            pool: pool, databaseURL: "", embedder: NoEmbedder(), metrics: { "" })
        let configuration = APIConfiguration(version: "x")
        let authority = APIServer.authority(
            configuration, services, Logger(label: "test") { _ in SilentLog() })
        let table = APIServer.table(configuration, services, EventHub(url: ""), authority)
        return (table, authority)
    }

    private static let document: JSONValue = {
        let (table, _) = Self.table(pool: Pool(url: ""))
        let text = JSONText.encode(OpenAPIDocument(table: table, version: "x").document)
        return (try? JSONValue(parsing: String(buffer: text))) ?? .null
    }()

    private static func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { name, member in
                name == "$ref" ? [member.string].compactMap { $0 } : references(in: member)
            }
        case .list(let elements): elements.flatMap(references(in:))
        default: []
        }
    }
}

/// A model for tests that embed nothing.
struct NoEmbedder: Embedder {
    var identity: EmbedderIdentity {
        EmbedderIdentity(
            provider: "none", model: "none", revision: "0", dimensions: 1, tokenLimit: 1)
    }

    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] { [] }
}
