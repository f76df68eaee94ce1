import Embedding
import GitdexTesting
import Hummingbird
import NIOCore
import Postgres
import Testing

@testable import API

@Suite("The OpenAPI document is true", .serialized)
struct OpenAPITests {
    @Test("every route of the router stands in it, and the other way round")
    func routes() async throws {
        let bench = try await APIBench.start()
        let table = APIServer.table(
            APIConfiguration(version: "x"),
            APIServices(
                pool: bench.pool, databaseURL: "", embedder: NoEmbedder(), metrics: { "" }),
            EventHub(url: ""))
        let routed = Set(
            APIServer.router(table).routes.map { route in
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
        #expect(described.count == 23)
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
            "GET /v1/workspaces/{w}/search",
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

    private static let document: JSONValue = {
        let services = APIServices(
            pool: .init(url: ""), databaseURL: "", embedder: NoEmbedder(), metrics: { "" })
        let table = APIServer.table(
            APIConfiguration(version: "x"), services, EventHub(url: ""))
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
