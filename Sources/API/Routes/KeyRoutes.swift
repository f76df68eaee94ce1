internal import Accounts
internal import HTTPTypes
internal import Hummingbird

/// API keys of a workspace, and what has happened in it that matters for its safety.
struct KeyRoutes: Sendable {
    let gate: AccountGate

    var routes: [Route] { [list, create, revoke, audit] }

    private static let path = WorkspaceRoutes.path + "/keys"
    private static let key = Operation.Parameter.name("k", "The key's id.")

    private var list: Route {
        let gate = gate
        return Route(
            method: .get, path: Self.path, access: .workspace(.reader, nil),
            operation: Operation(
                id: "listKeys", tag: "accounts",
                summary: "Lists one's own API keys; admins see those of all members.",
                parameters: [.workspace], answers: [.json(200, "Keys", "The keys.")])
        ) { request in
            let (principal, membership) = (try request.principal(), try request.membership())
            let keys = try await gate.run(request) { try $0.keys(in: membership, by: principal) }
            return Answer.json(
                PageDocument(name: "keys", items: keys.map { KeyDocument(key: $0) }))
        }
    }

    private struct NewKey: Decodable {
        enum CodingKeys: String, CodingKey {
            case name, scopes
            case expiresInDays = "expires_in_days"
        }
        enum ScopeName: String, Decodable { case search, index, admin }

        let name: String
        let scopes: [ScopeName]
        let expiresInDays: Int?

        func check() throws(Problem) {
            try TextCheck.check(name, "name", 1...100)
            guard (1...Scope.allCases.count).contains(scopes.count) else {
                throw Problem(
                    .invalidBody, "'scopes' must have 1 to \(Scope.allCases.count) members")
            }
            if let days = expiresInDays, !(1...3650).contains(days) {
                throw Problem(.invalidBody, "'expires_in_days' must be from 1 to 3650")
            }
        }
    }

    private var create: Route {
        let gate = gate
        return Route(
            method: .post, path: Self.path, access: .workspace(.reader, nil),
            operation: Operation(
                id: "createKey", tag: "accounts", summary: "Makes an API key.",
                description: """
                    The answer holds the `key`, which is shown this once. It can do what its \
                    scopes name, and never more than the role of the member who made it.
                    """,
                parameters: [.workspace], body: ["application/json": Schema.reference("NewKey")],
                answers: [.json(201, "MadeKey", "The key.")], problems: [.conflict])
        ) { request in
            let wanted = try await request.body(NewKey.self)
            try wanted.check()
            let scopes = Set(wanted.scopes.compactMap { Scope(rawValue: $0.rawValue) })
            let (principal, membership) = (try request.principal(), try request.membership())
            let made = try await gate.run(request) { service in
                try service.createKey(
                    name: wanted.name, scopes: scopes, expiresInDays: wanted.expiresInDays,
                    in: membership, by: principal)
            }
            return Answer.json(KeyDocument(key: made.key, text: made.text), status: .created)
        }
    }

    private var revoke: Route {
        let gate = gate
        return Route(
            method: .delete, path: Self.path + "/{k}", access: .workspace(.reader, nil),
            operation: Operation(
                id: "revokeKey", tag: "accounts", summary: "Makes an API key worthless.",
                parameters: [.workspace, Self.key], answers: [.empty(204, "It is worthless.")])
        ) { request in
            let id = try request.pathParameter("k")
            let (principal, membership) = (try request.principal(), try request.membership())
            try await gate.run(request) { try $0.revokeKey(id, in: membership, by: principal) }
            return Answer.empty(.noContent)
        }
    }

    // MARK: Audit

    private var audit: Route {
        let gate = gate
        return Route(
            method: .get, path: WorkspaceRoutes.path + "/audit",
            access: .workspace(.admin, .admin),
            operation: Operation(
                id: "listAuditEvents", tag: "workspaces",
                summary: "Lists what has happened that matters for safety, the newest first.",
                parameters: [.workspace, .cursor, .limit],
                answers: [.json(200, "AuditEvents", "A page of events.")])
        ) { request in
            let cursor = try ListCursor(request.query())
            let membership = try request.membership()
            let events = try await gate.run(request) { service in
                try service.auditEvents(
                    of: membership, before: cursor.last, limit: cursor.limit + 1)
            }
            let page = cursor.page(events, id: \.id)
            return Answer.json(
                PageDocument(
                    name: "events", items: page.rows.map { AuditEventDocument(event: $0) },
                    next: page.next))
        }
    }
}
