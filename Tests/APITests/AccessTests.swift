import Accounts
import GitdexTesting
import HTTPTypes
import Logging
import Testing

@testable import API

/// Every route there is, tried by whoever must not use it.
@Suite("Nobody gets what is not theirs", .serialized)
struct AccessTests {
    @Test("every route has a rule, and each rule is kept for everybody")
    func everyRoute() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let world = try await World(bench)
        for route in Self.routes(bench) {
            try await world.tryOut(route)
        }
        #expect(world.tries > 250)
        try await bench.stop()
    }

    @Test("what somebody was refused stands in the audit log of the workspace")
    func audited() async throws {
        let bench = try await APIBench.start(hasAccounts: true)
        let (owner, reader) = (try await bench.person("owner"), try await bench.person("reader"))
        let workspace = try await bench.workspace(of: owner)
        try await bench.add(reader, to: workspace, as: "reader", by: owner)
        let path = "/v1/workspaces/\(workspace)/audit"
        #expect(try await bench.call("GET", path, headers: reader.headers).status == 403)
        let events = try await bench.call("GET", path, headers: owner.headers)
        let refused = events.json["events"].elements.first { event in
            event["event"].string == "access.refused"
        }
        #expect(refused?["actor"].string == "user:\(reader.id)")
        #expect(refused?["subject"].string == "GET /v1/workspaces/{w}/audit")
        #expect(refused?["address"].string == "127.0.0.1")
        try await bench.stop()
    }

    /// The routes as the server has them, not as a list here would.
    static func routes(_ bench: APIBench) -> [Route] {
        let services = APIServices(
            pool: bench.pool, databaseURL: bench.database.url, embedder: NoEmbedder())
        let configuration = APIConfiguration(version: "x")
        let authority = APIServer.authority(
            configuration, services, Logger(label: "test") { _ in SilentLog() })
        return APIServer.table(
            configuration, services, EventHub(url: bench.database.url), authority
        ).routes
    }
}

/// A workspace with a member of each role, keys of each scope, and people who have no part in it.
private final class World {
    private struct Caller {
        let name: String
        let headers: [String: String]
        var role: Role?
        var scopes: Set<Scope>?
    }

    private let bench: APIBench
    private let workspace: String
    private var members: [Caller] = []
    private var strangers: [Caller] = []
    private(set) var tries = 0

    init(_ bench: APIBench) async throws {
        self.bench = bench
        let owner = try await bench.person("owner")
        workspace = try await bench.workspace(of: owner)
        members.append(Caller(name: "owner", headers: owner.headers, role: .owner))
        for role in [Role.admin, .member, .reader] {
            let person = try await bench.person(role.rawValue)
            try await bench.add(person, to: workspace, as: role.rawValue, by: owner)
            members.append(Caller(name: role.rawValue, headers: person.headers, role: role))
        }
        // A key keeps its scopes when its maker loses the role for them.
        let demoted = try await bench.person("demoted")
        try await bench.add(demoted, to: workspace, as: "admin", by: owner)
        let key = try await bench.key(["search", "index", "admin"], of: demoted, in: workspace)
        let change = try await bench.call(
            "PATCH", "/v1/workspaces/\(workspace)/members/\(demoted.id)", headers: owner.headers,
            json: "{\"role\":\"reader\"}")
        #expect(change.status == 204, "\(change.text)")
        members.append(
            Caller(
                name: "a key of who is a reader now", headers: key, role: .reader,
                scopes: Set(Scope.allCases)))
        for scope in Scope.allCases {
            let key = try await bench.key([scope.rawValue], of: owner, in: workspace)
            members.append(
                Caller(name: "key \(scope)", headers: key, role: scope.role, scopes: [scope]))
        }
        let stranger = try await bench.person("stranger")
        let other = try await bench.workspace(of: stranger, name: "Other")
        strangers = [
            Caller(name: "stranger", headers: stranger.headers),
            Caller(
                name: "another workspace's key",
                headers: try await bench.key(
                    ["search", "index", "admin"], of: stranger, in: other),
                scopes: Set(Scope.allCases)),
        ]
    }

    /// Tries a route as everybody who may not use it; whoever may is not refused for who they are.
    func tryOut(_ route: Route) async throws {
        switch route.access {
        case .anyone, .system: return
        case .signedIn(let keys):
            for headers in Self.nobodies { try await expect(401, route, headers, "nobody") }
            if !keys {
                for caller in members where caller.scopes != nil {
                    try await expect(403, route, caller.headers, caller.name)
                }
            }
        case .workspace(let role, let scope, _):
            for headers in Self.nobodies { try await expect(401, route, headers, "nobody") }
            for caller in strangers {
                try await expect(404, route, caller.headers, caller.name)
            }
            for caller in members {
                let isEnough =
                    (caller.role ?? .reader) >= role
                    && (caller.scopes.map { scopes in scope.map(scopes.contains) ?? false } ?? true)
                let mayOnlyGo = Self.isOfOneself(route) && (caller.role ?? .reader) < .admin
                if !isEnough || mayOnlyGo {
                    try await expect(403, route, caller.headers, caller.name)
                } else if !Self.isHarmful(route) {
                    let status = try await ask(route, caller.headers)
                    #expect(
                        status != 401 && status != 403,
                        "\(route.method) \(route.path) as \(caller.name): \(status)")
                }
            }
        }
    }

    private static let nobodies: [[String: String]] = [
        [:], ["authorization": "Bearer "], ["authorization": "Bearer gdx_" + "0a1B2c3D4e5F6g7H"],
        ["authorization": "Basic b3duZXI6cGFzc3dvcmQ="], ["authorization": "Bearer a.b.c"],
    ]

    /// Whoever is no admin may only go, and the member that is asked for is another.
    private static func isOfOneself(_ route: Route) -> Bool {
        route.operation.id == "removeMember"
    }

    /// What ends the world in which the other routes are tried.
    private static func isHarmful(_ route: Route) -> Bool {
        route.path == "/v1/workspaces/{w}" && route.method == .delete
            || route.path.hasSuffix("/events")
    }

    private func expect(
        _ status: Int, _ route: Route, _ headers: [String: String], _ name: String
    ) async throws {
        let got = try await ask(route, headers)
        #expect(got == status, "\(route.method) \(route.path) as \(name): \(got), not \(status)")
    }

    private func ask(_ route: Route, _ headers: [String: String]) async throws -> Int {
        tries += 1
        var path = route.path.replacing("{w}", with: workspace)
        for name in ["r", "j", "d", "m", "i", "k"] {
            path = path.replacing("{\(name)}", with: "999")
        }
        path = path.replacing("{path}", with: "x")
        if route.access == .workspace(.admin, nil, in: .query) { path += "?workspace=\(workspace)" }
        return try await bench.call(
            route.method.rawValue, path, headers: headers,
            json: route.method == .get ? nil : "{}"
        ).status
    }
}
