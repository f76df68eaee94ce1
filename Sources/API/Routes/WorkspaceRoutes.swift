internal import Accounts
internal import HTTPTypes
internal import Hummingbird

/// Workspaces: each keeps its repositories, and what is known of them, to its members.
struct WorkspaceRoutes: Sendable {
    let gate: AccountGate

    var routes: [Route] { [list, create, show, rename, delete] }

    static let collection = "/v1/workspaces"
    static let path = collection + "/{w}"

    private var isLocal: Bool { gate.authority.isLocal }
    private static let staysLocal = Problem(
        .conflict, "the workspace of a server that was started with --local stays as it is")

    private struct Wanted: Decodable {
        let name: String

        func check() throws(Problem) { try TextCheck.check(name, "name", 1...200) }
    }

    private var list: Route {
        let (gate, isLocal) = (gate, isLocal)
        return Route(
            method: .get, path: Self.collection, access: .signedIn(keys: true),
            operation: Operation(
                id: "listWorkspaces", tag: "workspaces",
                summary: "Lists the workspaces of whoever asks.",
                answers: [.json(200, "Workspaces", "The workspaces.")])
        ) { request in
            let principal = try request.principal()
            var memberships = [try? request.membership()].compactMap { $0 }
            if !isLocal {
                memberships = try await gate.run(request) { try $0.workspaces(of: principal) }
            }
            return Answer.json(
                PageDocument(
                    name: "workspaces", items: memberships.map { WorkspaceDocument(membership: $0) }
                ))
        }
    }

    private var create: Route {
        let (gate, isLocal) = (gate, isLocal)
        return Route(
            method: .post, path: Self.collection, access: .signedIn(keys: false),
            operation: Operation(
                id: "createWorkspace", tag: "workspaces",
                summary: "Makes a workspace, which whoever asks owns.",
                body: ["application/json": Schema.reference("NewWorkspace")],
                answers: [.json(201, "Workspace", "The workspace.", headers: ["Location"])],
                problems: [.conflict])
        ) { request in
            let wanted = try await request.body(Wanted.self)
            try wanted.check()
            if isLocal { throw Self.staysLocal }
            let principal = try request.principal()
            let made = try await gate.run(request) { service in
                try service.createWorkspace(name: wanted.name, by: principal)
            }
            var response = Answer.json(WorkspaceDocument(membership: made), status: .created)
            response.headers[.location] = Self.collection + "/" + made.publicID
            return response
        }
    }

    private var show: Route {
        Route(
            method: .get, path: Self.path, access: .workspace(.reader, .search),
            operation: Operation(
                id: "showWorkspace", tag: "workspaces",
                summary: "Shows a workspace, and the role of whoever asks in it.",
                parameters: [.workspace], answers: [.json(200, "Workspace", "The workspace.")])
        ) { request in Answer.json(WorkspaceDocument(membership: try request.membership())) }
    }

    private var rename: Route {
        let (gate, isLocal) = (gate, isLocal)
        return Route(
            method: .patch, path: Self.path, access: .workspace(.admin, nil),
            operation: Operation(
                id: "renameWorkspace", tag: "workspaces", summary: "Renames a workspace.",
                parameters: [.workspace],
                body: ["application/json": Schema.reference("NewWorkspace")],
                answers: [.json(200, "Workspace", "The workspace as it is now.")],
                problems: [.conflict])
        ) { request in
            let wanted = try await request.body(Wanted.self)
            try wanted.check()
            if isLocal { throw Self.staysLocal }
            let (principal, membership) = (try request.principal(), try request.membership())
            let renamed = try await gate.run(request) { service in
                try service.renameWorkspace(membership, to: wanted.name, by: principal)
            }
            return Answer.json(WorkspaceDocument(membership: renamed))
        }
    }

    private var delete: Route {
        let (gate, isLocal) = (gate, isLocal)
        return Route(
            method: .delete, path: Self.path, access: .workspace(.owner, nil),
            operation: Operation(
                id: "deleteWorkspace", tag: "workspaces",
                summary: "Deletes a workspace with all that belongs to it.",
                description: """
                    From the answer on nobody can reach it. Its rows go right after, and what a \
                    crash leaves of them goes with the next clean-up.
                    """,
                parameters: [.workspace], answers: [.empty(204, "It is gone.")],
                problems: [.conflict])
        ) { request in
            if isLocal { throw Self.staysLocal }
            let (principal, membership) = (try request.principal(), try request.membership())
            let accounts = try gate.services()
            try await gate.run(request) { try $0.deleteWorkspace(membership, by: principal) }
            accounts.eraseWorkspace(membership.workspace)
            return Answer.empty(.noContent)
        }
    }
}
