internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Postgres
internal import Storage

/// What GitHub knows of the repositories beside their code: issues, pull requests, and the like.
struct SyncRoutes: Sendable {
    let workspaces: Workspaces
    let gate: AccountGate
    let github: GitHubServices?

    var routes: [Route] { [start, state] }

    private static let path = WorkspaceRoutes.path + "/sync"

    private func services() throws(Problem) -> GitHubServices {
        _ = try gate.services()
        guard let github else { throw Problem(.unavailable, "GitHub is not set up") }
        return github
    }

    private struct Wanted: Decodable {
        let repository: String?

        func check() throws(Problem) { try TextCheck.check(repository, "repository", 1...400) }
    }

    private struct Queued: Encodable { let jobs: [Int] }

    private var start: Route {
        let workspaces = workspaces
        return Route(
            method: .post, path: Self.path, access: .workspace(.member, .index),
            operation: Operation(
                id: "startSync", tag: "github",
                summary: "Fetches what is new at GitHub about one repository or all of them.",
                parameters: [.workspace],
                body: ["application/json": Schema.reference("SyncRequest")],
                answers: [.json(202, "QueuedJobs", "The jobs that will do it.")],
                problems: [.conflict, .unavailable])
        ) { request in
            let wanted = try await request.body(Wanted.self)
            try wanted.check()
            let github = try services()
            let repository: Int? =
                if let name = wanted.repository {
                    try await workspaces.withStore(request) { store in
                        try RepositoryFinder(store: store).repository(name).id
                    }
                } else { nil }
            let jobs = try await github.synchronise(
                try request.membership().workspace, repository)
            return Answer.json(Queued(jobs: jobs), status: .accepted)
        }
    }

    private struct State: Encodable {
        enum CodingKeys: String, CodingKey {
            case repository, name, kind, state, problem
            case completedAt = "completed_at"
        }

        let state: GitHubServices.SyncState

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(state.repository, forKey: .repository)
            try container.encode(state.name, forKey: .name)
            try container.encode(state.kind, forKey: .kind)
            try container.encode(state.state, forKey: .state)
            let time = state.completedAt.map {
                TimeText.text(Timestamp(unixMicroseconds: Int64($0 * 1e6)))
            }
            try container.encode(time, forKey: .completedAt)
            try container.encode(state.problem, forKey: .problem)
        }
    }

    private var state: Route {
        Route(
            method: .get, path: Self.path, access: .workspace(.reader, .search),
            operation: Operation(
                id: "showSync", tag: "github",
                summary: "Shows how far what GitHub knows of each repository has been fetched.",
                parameters: [.workspace],
                answers: [.json(200, "SyncStates", "One entry for each repository and kind.")],
                problems: [.unavailable])
        ) { request in
            let states = try await services().syncStates(try request.membership().workspace)
            return Answer.json(
                PageDocument(name: "sync", items: states.map { State(state: $0) }))
        }
    }
}
